import type { WireError } from './schemas';
import { type WireCode, wireErrors } from './wire-error';

/** An answer on its way to the caller; without a body where there is none. */
export interface Answer {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Refusal extends Answer {
  readonly body: WireError;
}

interface Details {
  /** Instead of the usual one. */
  readonly message?: string;
  readonly flow_id?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function refusal(code: WireCode, { headers = {}, message, flow_id }: Details = {}): Refusal {
  const [status, usual] = wireErrors[code];
  const body = { code, message: message ?? usual, ...(flow_id !== undefined && { flow_id }) };
  return { status, body, headers };
}
