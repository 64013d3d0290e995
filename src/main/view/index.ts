export { AppViewModel } from './app-view-model';
export { ViewState } from './view-state';
