import type { CommandClient } from '../../contract/bridge';
import type { Pipe } from '../../contract/pipe';

/**
 * One method per command of the contract, each a single `invoke` on the pipe. The table is imported as a type only:
 * its schemas belong to main, which is the one that checks.
 */
export function commandClient(pipe: Pick<Pipe, 'invoke'>): CommandClient {
  return new Proxy({} as CommandClient, {
    // Without this exception a client returned from an async function would be taken for a promise.
    get: (_target, name) =>
      typeof name === 'string' && name !== 'then' ? (input?: unknown) => pipe.invoke(name, input) : undefined,
  });
}
