import type { Clock } from '../base/clock';
import { Alarm } from './alarm';
import type { ProviderQueue } from './provider-queue';
import {
  afterFailure,
  type FailedTry,
  isInUse,
  lookAgainAt,
  refreshDueAt,
  type RefreshFacts,
} from './refresh-schedule';
import type { Session } from './session';
import type { Surroundings } from './surroundings';

/** One session that can be refreshed. */
export interface Refreshable {
  readonly id: string;
  readonly queue: Pick<ProviderQueue, 'hasRoom' | 'quietUntil' | 'forgive'>;
  readonly session: Pick<Session, 'refreshFacts' | 'countAsUsed' | 'refreshUnasked'>;
}

interface Dependencies {
  readonly sessions: {
    refreshable(): readonly Refreshable[];
    onChange(listener: () => void): () => void;
  };
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  /** From 0 up to 1, for jitter. Default: `Math.random`. */
  readonly random?: () => number;
}

/** What is remembered of a session from look to look. */
interface Memory {
  /** Its own part of every jitter, see {@link refreshDueAt}. */
  readonly spread: number;
  readonly failed?: FailedTry;
}

/** How soon to look again after something changed. */
const soonMs = 1_000;
/** How soon to look again while something is due and has to wait. */
const blockedMs = 5_000;
/** After a start, a wake or a return of the network: refreshes begin within this time, as whole offices wake together. */
const settlingMs = { least: 1_000, most: 10_000 };
/** The system may be wrong about being offline: a provider on this computer, a route it does not know. */
const longestOfflineMs = 300_000;

/**
 * Refreshes sessions without anybody asking: those in use shortly before their token expires, all others once a day.
 * Everything is measured on the monotonic clock, so a clock that is set forward or back changes nothing; sleep counts.
 *
 * That the network is back is noticed by asking the system every few seconds while something waits for it: Electron's
 * main process has no such event, the page's own is missing while no window is open, and both only say that there is
 * some network. So a wrong "online" costs a try, which the provider's queue spaces out, and a wrong "offline" five
 * minutes at most.
 */
export class RefreshScheduler {
  readonly #deps: Dependencies;
  readonly #alarm: Alarm;
  readonly #running = new Set<string>();
  #memory = new Map<string, Memory>();
  /** What was due at the last look and has not begun, the most urgent first. */
  #due: readonly Refreshable[] = [];
  #lookedAt = 0;
  #quietUntil = -Infinity;
  #offlineSince: number | undefined;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock, (overslept) => {
      if (overslept) this.#wake();
      else this.#look();
    });
  }

  /** To be called once, when sessions are configured. */
  start(): void {
    this.#lookedAt = this.#deps.clock.monotonic();
    this.#startAfresh();
    this.#deps.sessions.onChange(() => {
      this.#alarm.ringWithin(soonMs);
    });
    this.#deps.surroundings.onWake(() => {
      this.#wake();
    });
  }

  /** Begins nothing more; what runs goes on. */
  stop(): void {
    this.#alarm.stop();
    this.#due = [];
  }

  /** What failed for want of the keychain is tried again. */
  keychainOpened(): void {
    this.#startAfresh();
  }

  /**
   * When a session is refreshed next if nobody uses it until then, in milliseconds since the epoch; now, where it is due and
   * waits. Undefined for one that is not refreshed, and before the schedule has looked at it.
   */
  nextRefreshAt(id: string): number | undefined {
    const { clock, sessions } = this.#deps;
    const facts = sessions.refreshable().find((one) => one.id === id)?.session.refreshFacts;
    const known = this.#memory.get(id);
    if (facts === undefined || known === undefined) return undefined;
    const now = clock.monotonic();
    const dueAt = refreshDueAt(facts, now, known.spread, known.failed);
    return Math.round(clock.now() + Math.max(0, dueAt - now));
  }

  /** Nobody could use a session while the computer slept: what was in use before still is. */
  #wake(): void {
    for (const { session } of this.#deps.sessions.refreshable())
      if (session.refreshFacts !== undefined && isInUse(session.refreshFacts, this.#lookedAt))
        session.countAsUsed();
    this.#alarm.clear();
    this.#startAfresh();
  }

  /** What could not be done before may work now; begins after a moment of its own. */
  #startAfresh(): void {
    const { clock, random = Math.random, sessions } = this.#deps;
    this.#memory = new Map([...this.#memory].map(([id, { spread }]) => [id, { spread }]));
    for (const { queue } of sessions.refreshable()) queue.forgive();
    const { least, most } = settlingMs;
    this.#quietUntil = clock.monotonic() + least + random() * (most - least);
    this.#alarm.ringWithin(soonMs);
  }

  #look(): void {
    const { clock, random = Math.random, sessions } = this.#deps;
    const now = (this.#lookedAt = clock.monotonic());
    const memory = new Map<string, Memory>();
    const due: { readonly one: Refreshable; readonly expiresAt: number }[] = [];
    let next = Infinity;
    for (const one of sessions.refreshable()) {
      const facts = one.session.refreshFacts;
      if (facts === undefined) continue;
      const known = this.#memory.get(one.id) ?? { spread: random() };
      memory.set(one.id, known);
      const dueAt = refreshDueAt(facts, now, known.spread, known.failed);
      if (dueAt <= now) due.push({ one, expiresAt: facts.access?.expiresAt ?? now });
      else next = Math.min(next, lookAgainAt(facts, now, dueAt));
    }
    this.#memory = memory;
    this.#due = due.sort((a, b) => a.expiresAt - b.expiresAt).map(({ one }) => one);
    this.#alarm.ringWithin(next - now);
    this.#begin();
  }

  /** Begins what is due and may run now; the rest stays for when a place is free, or the next look. */
  #begin(): void {
    if (this.#due.length === 0) return;
    const now = this.#deps.clock.monotonic();
    const isQuiet = now < this.#quietUntil || !this.#mayReach(now);
    this.#due = this.#due.filter((one) => {
      if (this.#running.has(one.id) || !this.#isDue(one, now)) return false;
      if (isQuiet || one.queue.quietUntil > now || !one.queue.hasRoom) return true;
      void this.#refresh(one);
      return false;
    });
    if (this.#due.length > 0) this.#alarm.ringWithin(blockedMs);
  }

  /** Asked again last thing, as somebody may have used the session since it was found due. */
  #isDue({ id, session }: Refreshable, now: number): boolean {
    const facts: RefreshFacts | undefined = session.refreshFacts;
    const known = this.#memory.get(id);
    return (
      facts !== undefined &&
      known !== undefined &&
      refreshDueAt(facts, now, known.spread, known.failed) <= now
    );
  }

  async #refresh({ id, session }: Refreshable): Promise<void> {
    this.#running.add(id);
    const result = await session.refreshUnasked();
    this.#running.delete(id);
    const { spread = 0, failed } = this.#memory.get(id) ?? {};
    const now = this.#deps.clock.monotonic();
    const after =
      result.kind === 'refreshed'
        ? { spread }
        : { spread, failed: afterFailure(result, failed, now, spread) };
    this.#memory.set(id, after);
    this.#alarm.ringWithin(soonMs);
    this.#begin();
  }

  #mayReach(now: number): boolean {
    if (!this.#deps.surroundings.isOnline()) {
      this.#offlineSince ??= now;
      return now - this.#offlineSince >= longestOfflineMs;
    }
    if (this.#offlineSince === undefined) return true;
    this.#offlineSince = undefined;
    this.#startAfresh();
    return false;
  }
}
