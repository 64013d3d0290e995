export { ActivityLog } from './activity-log';
export { registryActivity } from './registry-activity';
export { SelfTest } from './self-test/self-test';
export { SessionActivity } from './session-activity';
export { SessionHistory } from './session-history';
export { Support } from './support';
export { SupportReport } from './report/support-report';
export { tokenActivity } from './token-activity';
