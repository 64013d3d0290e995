export { whyNoGlewlwyd } from './installed';
export { type Glewlwyd, startGlewlwyd } from './start';
