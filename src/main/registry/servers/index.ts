export { type ReadServers, ServerLists } from './server-lists';
