export { AppViewModel } from './app-view-model';
export { SettingProblems } from './setting-problems';
export { signInSummary, type SignInSummary } from './sign-in-summary';
export { ViewState } from './view-state';
