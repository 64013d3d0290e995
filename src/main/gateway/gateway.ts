import type { GatewayView } from '../../contract/view-model';
import type { Clock } from '../base/clock';
import type { Result } from '../base/failure';
import { GatewayFile } from './gateway-file';
import type { OpenGateway } from './open-gateway';
import type { GatewayServices } from './services';

/** What is wanted, from the settings. */
export interface GatewaySettings {
  readonly enabled: boolean;
  readonly port: number;
}

interface Parts {
  readonly services: GatewayServices;
  readonly clock: Pick<Clock, 'now'>;
  /** Where gateway.json stands: the user-data folder. */
  readonly folder: string;
  readonly changed: () => void;
}

const off: GatewaySettings = { enabled: false, port: 0 };

/** The gateway as the settings want it: off, or on at a port. Changes take turns, and the last one counts. */
export class Gateway {
  readonly #parts: Parts;
  readonly #file: GatewayFile;
  #view: GatewayView = { kind: 'off' };
  #open: OpenGateway | undefined;
  #wanted: GatewaySettings | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#file = new GatewayFile(parts.folder);
  }

  get view(): GatewayView {
    return this.#view;
  }

  /** Brings the gateway to what is wanted; resolves when it is there, or could not get there. */
  follow(wanted: GatewaySettings): Promise<void> {
    const isSame = wanted.enabled === this.#wanted?.enabled && wanted.port === this.#wanted.port;
    if (!isSame) {
      this.#wanted = wanted;
      this.#turn = this.#turn.then(() => this.#change(wanted));
    }
    return this.#turn;
  }

  /** Touches nothing unless something was followed: without the profile's lock, gateway.json may be another process's. */
  async close(): Promise<void> {
    if (this.#wanted !== undefined) await this.follow(off);
  }

  async #change(wanted: GatewaySettings): Promise<void> {
    if (wanted !== this.#wanted) return;
    // First the file: nobody is sent to a port that is about to be given up.
    await this.#file.remove();
    await this.#open?.close();
    this.#open = undefined;
    if (!wanted.enabled) {
      this.#tell({ kind: 'off' });
      return;
    }
    const opened = await this.#start(wanted.port);
    if (opened.ok) this.#open = opened.value;
    this.#tell(
      opened.ok
        ? { kind: 'on', url: opened.value.url, file: this.#file.path }
        : { kind: 'failed', problem: opened.failure },
    );
  }

  async #start(port: number): Promise<Result<OpenGateway>> {
    const { openGateway } = await import('./open-gateway');
    const opened = await openGateway(this.#parts.services, port);
    if (!opened.ok) return opened;
    const written = await this.#file.write(opened.value, this.#parts.clock.now());
    if (written.ok) return opened;
    await opened.value.close();
    return written;
  }

  #tell(status: GatewayView): void {
    const before = this.#view;
    this.#view = status;
    if (before.kind === 'off' && status.kind === 'off') return;
    this.#parts.services.events.record({
      level: status.kind === 'failed' ? 'warn' : 'info',
      name: 'gateway',
      kind: status.kind,
      ...(status.kind === 'failed' && { code: status.problem.code }),
    });
    this.#parts.changed();
  }
}
