import { nativeTheme } from 'electron';

/** Light or dark as chosen, or as the system has it; pages follow through `prefers-color-scheme`. */
export function applyTheme(theme: 'system' | 'light' | 'dark'): void {
  nativeTheme.themeSource = theme;
}
