export { openActivityLog } from './activity-log';
export { sessionActivity } from './session-activity';
export { SessionHistory } from './session-history';
export { Support } from './support';
