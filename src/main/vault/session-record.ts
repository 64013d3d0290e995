import { z } from 'zod';
import { type Code, codes } from '../../contract/codes';
import type { SessionKey } from './session-key';
import { slotOf } from '../base/slot';

/** What a caller may say about a session; kept in clear, so never a token. Times are milliseconds since the epoch. */
export interface SessionFields {
  /** A label for people: an e-mail address or a name. */
  readonly account?: string;
  /** The ID token's `sub`, which must not change on refresh (OIDC Core 12.2). */
  readonly subject?: string;
  /** The `scope` the provider granted, where it differs or said so (RFC 6749 5.1). */
  readonly grantedScope?: string;
  readonly lastUsedAt?: number;
}

/** All that is known of a session without opening its secret: the clear header of its record. */
export interface SessionRecord extends SessionKey, SessionFields {
  readonly version: 1;
  readonly slot: string;
  readonly signedInAt: number;
  readonly refreshedAt: number;
  /** The provider or we ended it; no token is held any more. */
  readonly ended?: { readonly code: Code; readonly at: number };
  /**
   * How often the current refresh token was sent, or was about to be, without a known outcome. Present means an
   * interrupted rotation: the provider may already have replaced the token.
   */
  readonly attempt?: number;
  /** How many of these attempts brought an answer, though one that said nothing about the token. */
  readonly answered?: number;
  /** Since when no configured registry matches. Not part of the sealed file. */
  readonly vanishedAt?: number;
  /** When the record is deleted if none does until then: 30 days later. */
  readonly keptUntil?: number;
}

const time = z.number().int().nonnegative();
const text = z.string();

const headerShape = z.object({
  version: z.literal(1),
  slot: text,
  registry: text,
  issuer: text,
  clientId: text,
  account: text.exactOptional(),
  subject: text.exactOptional(),
  grantedScope: text.exactOptional(),
  signedInAt: time,
  refreshedAt: time,
  lastUsedAt: time.exactOptional(),
  ended: z
    .object({
      code: z.custom<Code>((code) => typeof code === 'string' && Object.hasOwn(codes, code)),
      at: time,
    })
    .exactOptional(),
  attempt: z.number().int().positive().exactOptional(),
  answered: z.number().int().positive().exactOptional(),
});

/** The header in this value, or undefined where it is none. */
export function sessionRecordFrom(value: unknown): SessionRecord | undefined {
  const parsed = headerShape.safeParse(value);
  if (!parsed.success) return undefined;
  const isLabelRight = parsed.data.slot === slotOf(parsed.data.registry, parsed.data.issuer);
  return isLabelRight ? parsed.data : undefined;
}

/** The record of a session that begins now. */
export function newSessionRecord(key: SessionKey, fields: SessionFields, now: number): SessionRecord {
  const { registry, issuer, clientId } = key;
  return {
    version: 1,
    slot: slotOf(registry, issuer),
    registry,
    issuer,
    clientId,
    ...definedFields(fields),
    signedInAt: now,
    refreshedAt: now,
  };
}

/** The same session with no attempt open. */
export function withoutAttempt(record: SessionRecord): SessionRecord {
  const copy: { -readonly [Field in keyof SessionRecord]: SessionRecord[Field] } = { ...record };
  delete copy.attempt;
  delete copy.answered;
  return copy;
}

/** Picks the known fields, so that nothing else of a caller's object reaches a file. */
export function definedFields(fields: SessionFields): SessionFields {
  const { account, subject, grantedScope, lastUsedAt } = fields;
  return {
    ...(account !== undefined && { account }),
    ...(subject !== undefined && { subject }),
    ...(grantedScope !== undefined && { grantedScope }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
  };
}
