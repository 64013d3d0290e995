import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** The content codings of RFC 9110 8.4.1 that we ask for; others arrive as they were sent. */
export const acceptedCodings = 'gzip, deflate, br';

/** What undoes a `Content-Encoding`. As curl and browsers do, it does not insist on the trailer of a stream that is cut. */
export function decoderFor(coding: string): Transform | undefined {
  const zlib = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(zlib);
    case 'deflate':
      return createInflate(zlib);
    case 'br':
      return createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    default:
      return undefined;
  }
}
