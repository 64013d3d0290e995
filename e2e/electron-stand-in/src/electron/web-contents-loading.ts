import type { EventEmitter } from 'node:events';
import { createEvent } from '../host/events';
import { ABORTED, type LoadFailure } from '../page/net-errors';

/** One `loadURL`. */
export interface Load {
  readonly url: string;
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The error `loadURL` rejects with. */
function loadError({ code, description }: LoadFailure, url: string): Error {
  const error = new Error(`${description} (${code}) loading '${url.slice(0, 2048)}'`);
  return Object.assign(error, { errno: code, code: description, url });
}

/** The loads an app starts, as promises, and the loading events of one webContents. */
export class Loading {
  private readonly emitter: EventEmitter;
  private current: Load | undefined;
  private expected = 0;
  private active = false;
  /** The document of the current load has arrived; before, a load event is the previous document's. */
  private committed = false;

  constructor(emitter: EventEmitter) {
    this.emitter = emitter;
  }

  get isLoading(): boolean {
    return this.active;
  }

  /** True while a `loadURL` has not ended. */
  get isPending(): boolean {
    return this.current !== undefined;
  }

  /** Announces a navigation the app itself starts; it is not asked about it (`will-navigate`). */
  expectOwnNavigation(): void {
    this.expected += 1;
  }

  /** True once for each announced navigation. */
  takeOwnNavigation(): boolean {
    if (this.expected === 0) return false;
    this.expected -= 1;
    return true;
  }

  /** A new `loadURL`; a pending one is rejected as aborted. */
  begin(url: string): Load {
    this.current?.reject(loadError(ABORTED, this.current.url));
    this.committed = false;
    let resolve = (): void => {};
    let reject: (error: Error) => void = () => {};
    const done = new Promise<void>((onDone, onFailure) => {
      resolve = onDone;
      reject = onFailure;
    });
    // It may be rejected before its caller has come back to it.
    done.catch(() => {});
    this.current = { url, done, resolve, reject };
    this.started();
    return this.current;
  }

  /** A load could not be made; one that a newer load replaced was rejected then. */
  refused(load: Load, failure: LoadFailure): void {
    if (load === this.current) this.failed(failure, load.url);
  }

  started(): void {
    if (this.active) return;
    this.active = true;
    this.emitter.emit('did-start-loading');
  }

  /** A document arrived. */
  arrived(): void {
    this.committed = true;
    this.started();
  }

  finished(): void {
    if (!this.committed) return;
    const load = this.current;
    this.current = undefined;
    this.emitter.emit('did-finish-load');
    this.stopped();
    load?.resolve();
  }

  /** The document changed without loading (a hash). */
  finishedInPage(): void {
    const load = this.current;
    this.current = undefined;
    // No request was made for this document, so nobody took the announcement.
    if (load) this.expected = 0;
    this.stopped();
    load?.resolve();
  }

  failed(failure: LoadFailure, url: string): void {
    const load = this.current;
    this.current = undefined;
    this.expected = 0;
    this.emitter.emit('did-fail-load', createEvent(), failure.code, failure.description, url, true, 0, 0);
    this.stopped();
    load?.reject(loadError(failure, url));
  }

  private stopped(): void {
    if (!this.active) return;
    this.active = false;
    this.emitter.emit('did-stop-loading');
  }
}
