import { randomBytes } from 'node:crypto';
import type { ActivityEntry } from '../../contract/activity';

/** Ties the entries of one operation together. Made here only, so that nothing that came from elsewhere can be one. */
export type CorrelationId = string & { readonly [minted]: true };
declare const minted: unique symbol;

export const newCorrelationId = (): CorrelationId => randomBytes(4).toString('hex') as CorrelationId;

/**
 * Something that happened, for the activity log. Every field is a name, a number or a code of our own, so that no value
 * of a provider, a person or a token can get in by construction; the one free text, the id of a registry, is dropped by
 * the log unless a registry of that id is configured.
 */
export interface ActivityEvent extends Omit<ActivityEntry, 'seq' | 'at' | 'correlationId'> {
  readonly correlationId?: CorrelationId;
}

/** Where events go; recording one never fails and never waits. */
export interface EventSink {
  record(event: ActivityEvent): void;
}
