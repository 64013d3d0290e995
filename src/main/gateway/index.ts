export { Gateway } from './gateway';
