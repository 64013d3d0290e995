import type { BrowserWindowStandIn } from './browser-window';

/** All windows that are not closed, by id. */
class WindowRegistry {
  private readonly windows = new Map<number, BrowserWindowStandIn>();
  private lastId = 0;

  add(window: BrowserWindowStandIn): number {
    this.lastId += 1;
    this.windows.set(this.lastId, window);
    return this.lastId;
  }

  /** True when this was the last one. */
  remove(id: number): boolean {
    return this.windows.delete(id) && this.windows.size === 0;
  }

  all(): BrowserWindowStandIn[] {
    return [...this.windows.values()];
  }

  byId(id: number): BrowserWindowStandIn | undefined {
    return this.windows.get(id);
  }

  byTarget(targetId: string): BrowserWindowStandIn | undefined {
    return this.all().find(({ contents }) => contents.targetId === targetId);
  }
}

export const windowRegistry = new WindowRegistry();
