export { ActivityLog } from './activity-log';
export { registryActivity } from './registry-activity';
export { SessionActivity } from './session-activity';
export { SessionHistory } from './session-history';
export { Support } from './support';
