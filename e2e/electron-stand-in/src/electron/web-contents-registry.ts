import { strict } from '../host/strict';
import type { WebContentsStandIn } from './web-contents';

/** All live webContents, by id. */
class WebContentsRegistry {
  private readonly contents = new Map<number, WebContentsStandIn>();
  private lastId = 0;

  add(contents: WebContentsStandIn): number {
    this.lastId += 1;
    this.contents.set(this.lastId, contents);
    return this.lastId;
  }

  remove(id: number): void {
    this.contents.delete(id);
  }

  all(): WebContentsStandIn[] {
    return [...this.contents.values()];
  }

  byTarget(targetId: string): WebContentsStandIn | undefined {
    return this.all().find((contents) => contents.targetId === targetId);
  }

  byId(id: number): WebContentsStandIn | undefined {
    return this.contents.get(id);
  }
}

export const webContentsRegistry = new WebContentsRegistry();

/** `webContents`, the module: what the class offers without an instance. */
const module = {
  getAllWebContents: () => webContentsRegistry.all().map(({ presented }) => presented),
  fromId: (id: number) => webContentsRegistry.byId(id)?.presented,
  getFocusedWebContents: () => webContentsRegistry.all()[0]?.presented ?? null,
  fromDevToolsTargetId: (targetId: string) => webContentsRegistry.byTarget(targetId)?.presented,
  fromFrame: (frame: Electron.WebFrameMain) =>
    webContentsRegistry.all().find(({ mainFrame }) => mainFrame.frameToken === frame.top?.frameToken)
      ?.presented,
} satisfies Pick<
  typeof Electron.WebContents,
  'getAllWebContents' | 'fromId' | 'getFocusedWebContents' | 'fromDevToolsTargetId' | 'fromFrame'
>;

export const webContents = strict<typeof Electron.WebContents>(module, 'webContents');
