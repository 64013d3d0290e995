import { useEffect, useState } from 'react';
import type { CommandClient } from '../../contract/bridge';
import { useBridge } from './use-bridge';

/**
 * What main answers to a question, asked again whenever `ask` or `since` changes; the last answer stays until then.
 * `ask` must be stable (module function or `useCallback`). Undefined before the first answer, and when main went wrong.
 */
export function useAnswer<T>(ask: (client: CommandClient) => Promise<T>, since?: unknown): T | undefined {
  const { commands } = useBridge();
  const [answer, setAnswer] = useState<T>();
  useEffect(() => {
    let isWanted = true;
    void commands.ask(ask).then((answered) => {
      if (isWanted && answered !== undefined) setAnswer(answered);
    });
    return () => {
      isWanted = false;
    };
  }, [commands, ask, since]);
  return answer;
}
