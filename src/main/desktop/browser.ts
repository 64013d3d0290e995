import { shell } from 'electron';
import { failed, type Result, success } from '../base/failure';
import { mayOpenExternally } from './web-link';

/** Opens pages in the person's own browser. */
export interface Browser {
  /** Resolves when the system took the link; LOGIN_BROWSER_FAILED when it did not, or when the link is not a web page. */
  readonly open: (url: string) => Promise<Result<void>>;
}

export const systemBrowser: Browser = {
  async open(url) {
    if (!mayOpenExternally(url)) return failed('LOGIN_BROWSER_FAILED');
    try {
      await shell.openExternal(url);
      return success(undefined);
    } catch {
      return failed('LOGIN_BROWSER_FAILED');
    }
  },
};
