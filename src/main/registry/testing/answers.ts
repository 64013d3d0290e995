import { Readable } from 'node:stream';
import { type Result, success } from '../../base/failure';
import type { NetworkAnswer } from '../../base/net';

/** What a registry's answer looks like to those that asked. */
export const answerOf = (body: Readable): Result<NetworkAnswer> =>
  success({ status: 200, headers: { get: () => null, entries: () => [] }, body });

export const jsonAnswer = (body: unknown): Result<NetworkAnswer> =>
  answerOf(Readable.from([Buffer.from(JSON.stringify(body))]));
