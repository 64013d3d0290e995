import { useEffect, useState } from 'react';
import type { RegistryFormRead } from '../../contract/registry-form';
import { useBridge } from '../bridge/use-bridge';

const failedRead: RegistryFormRead = { ok: false, problem: { code: 'INTERNAL_ERROR', params: {} } };

/** The values of a registry as main reads them from where they are written; undefined while it does. */
export function useRegistryAsWritten(registryId: string): RegistryFormRead | undefined {
  const { commands } = useBridge();
  const [read, setRead] = useState<RegistryFormRead>();
  useEffect(() => {
    let isWanted = true;
    void commands
      .ask((client) => client.readRegistryForm({ registryId }))
      .then((answer) => {
        if (isWanted) setRead(answer ?? failedRead);
      });
    return () => {
      isWanted = false;
    };
  }, [commands, registryId]);
  return read;
}
