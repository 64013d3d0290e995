import { useEffect, useRef, useState } from 'react';
import type { ServersAnswer } from '../../contract/server-list';
import type { RegistryView } from '../../contract/view-model';
import { useBridge } from '../bridge/use-bridge';

export interface Servers {
  /** The last answer; absent before the first. */
  readonly answer: ServersAnswer | undefined;
  /** Whether a newer answer is on its way. */
  readonly isReading: boolean;
  /** Asks the registry itself, whatever is held. */
  readonly readAgain: () => void;
}

const internalError: ServersAnswer = { kind: 'failed', problem: { code: 'INTERNAL_ERROR', params: {} } };

/**
 * The servers of a registry as main answers; asked again when the search changes, and when the registry turned out to
 * be out of reach or back. `search` is for registries with more servers than are read: the others are searched here.
 */
export function useServers({ id, reachability }: RegistryView, search: string): Servers {
  const { commands } = useBridge();
  const [asked, setAsked] = useState(0);
  const [answered, setAnswered] = useState<{ readonly to: string; readonly answer: ServersAnswer }>();
  const wanted = useRef(0);
  const reach = useSettled(reachability);
  const question = JSON.stringify([id, search, reach, asked]);
  useEffect(() => {
    let isCurrent = true;
    const again = wanted.current < asked;
    wanted.current = asked;
    void commands
      .ask((client) => client.readServers({ registryId: id, search, again }))
      .then((answer = internalError) => {
        if (isCurrent) setAnswered({ to: question, answer });
      });
    return () => {
      isCurrent = false;
    };
  }, [commands, id, search, asked, question]);
  return {
    answer: answered?.answer,
    isReading: answered?.to !== question,
    readAgain: () => {
      setAsked((times) => times + 1);
    },
  };
}

/** Whether the registry is out of reach, and why; while it is being checked, what was known before. */
function useSettled(reachability: RegistryView['reachability']): string {
  const now = reachability?.kind === 'fails' ? reachability.problem.code : '';
  const [settled, setSettled] = useState(now);
  if (reachability?.kind !== 'checking' && now !== settled) setSettled(now);
  return settled;
}
