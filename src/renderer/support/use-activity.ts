import { useEffect, useState } from 'react';
import type { ActivityEntry } from '../../contract/activity';
import { useBridge } from '../bridge/use-bridge';

/** Entries kept on the page. */
const most = 1000;

/** The latest entries of the activity log, oldest first; grows while `follows`, and catches up when it does so again. */
export function useActivity(follows: boolean): readonly ActivityEntry[] {
  const { commands, onEvent } = useBridge();
  const [entries, setEntries] = useState<readonly ActivityEntry[]>([]);
  useEffect(() => {
    if (!follows) return undefined;
    let isWanted = true;
    // Listening begins before reading, so that nothing falls between the two.
    const stop = onEvent('activity', (entry) => {
      setEntries((known) => joined(known, [entry]));
    });
    void commands
      .ask((client) => client.readActivity())
      .then((read) => {
        if (isWanted && read !== undefined) setEntries((known) => joined(known, read));
      });
    return () => {
      isWanted = false;
      stop();
    };
  }, [commands, onEvent, follows]);
  return entries;
}

function joined(known: readonly ActivityEntry[], more: readonly ActivityEntry[]): readonly ActivityEntry[] {
  const bySeq = new Map([...known, ...more].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(-most);
}
