import type { Clock } from '../clock';

/** What lets the next connection to a place shake hands without its certificate being sent and checked once more. */
export interface TlsSession {
  readonly session: Buffer;
  /** When the certificate behind it was checked, in monotonic milliseconds; resuming does not make it younger. */
  readonly checkedAt: number;
}

/** What is asked of a `TLSSocket`. */
interface Connection {
  isSessionReused(): boolean;
  on(event: 'session', listener: (session: Buffer) => void): unknown;
}

/** Longer than two refreshes are apart; a certificate that expires or is replaced is noticed within this time. */
const longestMs = 3_600_000;
const mostPlaces = 100;

/**
 * TLS sessions of earlier connections, in memory only, to be resumed (RFC 8446 2.2, RFC 5077). Whoever resumes one proves
 * to be who showed a valid certificate before, so each belongs to one place and to the authorities of that time: whoever
 * changes the authorities begins with none. Nothing is ever sent before the handshake is over (no early data).
 *
 * One is used again until the provider sends another, as many send none when one is resumed. An observer on the way can
 * tell by it that two connections within the hour come from one computer (RFC 8446 C.4), and no more than that.
 */
export class TlsSessions {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #kept = new Map<string, TlsSession>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** @param place name and port, as the URL says them */
  of(place: string): TlsSession | undefined {
    const kept = this.#kept.get(place);
    return kept !== undefined && this.#clock.monotonic() < kept.checkedAt + longestMs ? kept : undefined;
  }

  /** A handshake failed: the next one begins anew, whatever the reason was. */
  forget(place: string): void {
    this.#kept.delete(place);
  }

  /**
   * Keeps what a connection brings to be resumed by the next one.
   * @param socket of a handshake that is over, its certificate found valid
   * @param offered what this connection offered to resume
   */
  follow(place: string, socket: Connection, offered: TlsSession | undefined): void {
    const isResumed = socket.isSessionReused();
    const checkedAt = isResumed && offered !== undefined ? offered.checkedAt : this.#clock.monotonic();
    // Several may come, from TLS 1.3 on at any time after the handshake.
    socket.on('session', (session) => {
      this.#kept.delete(place);
      this.#kept.set(place, { session, checkedAt });
      const [oldest] = this.#kept.keys();
      if (this.#kept.size > mostPlaces && oldest !== undefined) this.#kept.delete(oldest);
    });
  }
}
