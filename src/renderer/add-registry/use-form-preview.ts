import { useEffect, useState } from 'react';
import type { RegistryFormPreview, RegistryFormValues } from '../../contract/registry-form';
import { useBridge } from '../bridge/use-bridge';

/** Milliseconds of rest after a key before main is asked. */
const restMs = 120;

/** What follows from the values while they are typed, by main's word; the newest answer counts. */
export function useFormPreview(
  values: RegistryFormValues,
  replaces: string | undefined,
): RegistryFormPreview {
  const { commands } = useBridge();
  const [preview, setPreview] = useState<RegistryFormPreview>({ offersPrivateNetwork: false });
  useEffect(() => {
    let isNewest = true;
    const timer = setTimeout(() => {
      const form = { values, ...(replaces !== undefined && { replaces }) };
      void commands
        .ask((client) => client.previewRegistryForm(form))
        .then((answer) => {
          if (isNewest && answer !== undefined) setPreview(answer);
        });
    }, restMs);
    return () => {
      isNewest = false;
      clearTimeout(timer);
    };
  }, [commands, values, replaces]);
  return preview;
}
