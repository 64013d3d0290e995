import { useEffect, useState } from 'react';
import type { SelfTestRun } from '../../contract/self-test';
import { useBridge } from '../bridge/use-bridge';

/** The self-test's run under way, or the last one; undefined before the first. */
export function useSelfTest(): SelfTestRun | undefined {
  const { commands, onEvent } = useBridge();
  const [run, setRun] = useState<SelfTestRun>();
  useEffect(() => {
    let isWanted = true;
    // Listening begins before reading; what was told meanwhile is newer than what was read.
    const stop = onEvent('selfTest', (told) => {
      isWanted = false;
      setRun(told);
    });
    void commands
      .ask((client) => client.readSelfTest())
      .then((read) => {
        if (isWanted && read?.run !== undefined) setRun(read.run);
      });
    return () => {
      isWanted = false;
      stop();
    };
  }, [commands, onEvent]);
  return run;
}
