export { openActivityLog } from './activity-log';
export { sessionActivity } from './session-activity';
