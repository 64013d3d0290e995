import { z } from 'zod';
import type { Secret } from '../base/secret';
import type { DataKey } from './data-key';
import { recordNameOf } from './session-key';
import { type SessionRecord, sessionRecordFrom } from './session-record';

/**
 * A record on disk is two lines of JSON: the clear header, then the sealed refresh token. The header's exact bytes are
 * the associated data, so it cannot be edited and a body cannot move to another session. An ended session has only the
 * first line.
 */
export interface RecordFile {
  readonly record: SessionRecord;
  /** Exactly as in the file. */
  readonly header: string;
  readonly body?: SealedBody;
}

interface SealedBody {
  /** {@link DataKey.id} of the key that sealed it. */
  readonly keyId: string;
  readonly sealed: Buffer;
}

const bodyShape = z.object({ key: z.string(), sealed: z.base64() });

/** The bytes of an ended session's file. */
export function clearFile(record: SessionRecord): Buffer {
  return Buffer.from(`${headerOf(record)}\n`);
}

/** The bytes of a session's file, with its token sealed. */
export function sealedFile(record: SessionRecord, token: Secret, key: DataKey): Buffer {
  const header = headerOf(record);
  const body = bodyLineOf({ keyId: key.id, sealed: key.seal(token, header) });
  return Buffer.from(`${header}\n${body}\n`);
}

/**
 * Reads a file's structure; opens no secret. Undefined for anything that is not a whole record of this name: a cut at
 * any byte shows, because both lines must be there in full, each with its line end.
 */
export function parseRecordFile(bytes: Buffer, name: string): RecordFile | undefined {
  const [header = '', bodyLine = '', ...rest] = bytes.toString('utf8').split('\n');
  const record = sessionRecordFrom(json(header));
  if (record === undefined || recordNameOf(record) !== name) return undefined;
  if (record.ended !== undefined)
    return bodyLine === '' && rest.length === 0 && bytes.at(-1) === 0x0a ? { record, header } : undefined;
  if (rest.length !== 1 || rest[0] !== '') return undefined;
  const body = parseBody(bodyLine);
  return body && { record, header, body };
}

/** Only the very text that {@link sealedFile} writes: JSON and base64 have more than one way to say the same bytes. */
function parseBody(line: string): SealedBody | undefined {
  const parsed = bodyShape.safeParse(json(line));
  if (!parsed.success) return undefined;
  const body = { keyId: parsed.data.key, sealed: Buffer.from(parsed.data.sealed, 'base64') };
  return bodyLineOf(body) === line ? body : undefined;
}

function bodyLineOf({ keyId, sealed }: SealedBody): string {
  return JSON.stringify({ key: keyId, sealed: sealed.toString('base64') });
}

/** The token in a file; undefined if this key did not seal it, or not with this header. */
export function unsealedToken({ body, header }: RecordFile, key: DataKey): Secret | undefined {
  return body?.keyId === key.id ? key.unseal(body.sealed, header) : undefined;
}

/** The header alone of a file that is otherwise damaged, to go on showing whose session it was. Not authenticated. */
export function salvageHeader(bytes: Buffer, name: string): SessionRecord | undefined {
  const record = sessionRecordFrom(json(bytes.toString('utf8').split('\n')[0] ?? ''));
  return record !== undefined && recordNameOf(record) === name ? record : undefined;
}

function headerOf(record: SessionRecord): string {
  return JSON.stringify(record);
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
