import type { Code } from '../../contract/codes';

/**
 * Something that happened, for the activity log. Every field is a name, a number or a code of our own, so that no value
 * of a provider, a person or a token can get in by construction.
 */
export interface ActivityEvent {
  /** `info` for what a person did or must know, `debug` for silent work such as a refresh (specification: logging). */
  readonly level: 'debug' | 'info' | 'warn';
  readonly name:
    | 'app-started'
    | 'app-stopped'
    | 'configuration-changed'
    | 'gateway'
    | 'key-source'
    | 'registry-checked'
    | 'session-changed'
    | 'revocation';
  readonly registryId?: string;
  /** What it changed to, or which kind of it: one of the app's own words. */
  readonly kind?: string;
  readonly code?: Code;
  readonly durationMs?: number;
}

/** Where events go; recording one never fails and never waits. */
export interface EventSink {
  record(event: ActivityEvent): void;
}
