import { type Failure, failure } from '../base/failure';

/** The `code` of a failed file operation, such as `ENOSPC`; empty for anything else. */
export function errnoOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** Like an `errno`, for a write that this process may not do because another one holds the profile. */
const notHolderCode = 'NOT_HOLDER';

export function notHolder(): Error {
  return Object.assign(new Error('Another process holds the profile.'), { code: notHolderCode });
}

/** What a failed write is called. Nothing of the error's text is kept: it names paths. */
export function writeFailure(error: unknown): Failure {
  if (errnoOf(error) === notHolderCode) return failure('STORE_CONTENDED');
  const isFull = ['ENOSPC', 'EDQUOT'].includes(errnoOf(error));
  return failure(isFull ? 'STORE_FULL' : 'STORE_WRITE_FAILED');
}
