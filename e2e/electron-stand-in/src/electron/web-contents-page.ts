import type { CdpSession } from '../chromium/connection';
import type { Page } from '../page/page';
import { nativeImageFromPng } from './native-image';
import { WebContentsFacts } from './web-contents-facts';

type Implemented = 'capturePage' | 'executeJavaScript' | 'getZoomFactor' | 'insertCSS' | 'setZoomFactor';

/** The part of a webContents that acts on its page as it is. */
export abstract class WebContentsPage
  extends WebContentsFacts
  implements Pick<Electron.WebContents, Implemented>
{
  /** Resolves when the page exists in Chromium. */
  protected abstract readonly page: Promise<Page>;
  private zoom = 1;

  resize(size: Electron.Size): void {
    this.page.then((page) => page.resize(size)).catch(() => {});
  }

  /** Runs something on the page once it exists; nothing happens when it is gone. */
  withSession(use: (session: CdpSession) => void): void {
    this.page
      .then(({ session }) => {
        use(session);
      })
      .catch(() => {});
  }

  getZoomFactor(): number {
    return this.zoom;
  }

  setZoomFactor(factor: number): void {
    this.zoom = factor;
    this.withSession((session) => {
      session.tell('Emulation.setPageScaleFactor', { pageScaleFactor: factor });
    });
  }

  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return this.page.then((page) => page.evaluate(page.frames.main, code, userGesture));
  }

  async insertCSS(css: string): Promise<string> {
    const sheet = `{const s=new CSSStyleSheet();s.replaceSync(${JSON.stringify(css)});document.adoptedStyleSheets.push(s)}`;
    await this.executeJavaScript(sheet);
    return `css-${this.id}`;
  }

  async capturePage(): Promise<Electron.NativeImage> {
    const { data } = await (await this.page).session.send('Page.captureScreenshot', { format: 'png' });
    return nativeImageFromPng(Buffer.from(data, 'base64'));
  }
}
