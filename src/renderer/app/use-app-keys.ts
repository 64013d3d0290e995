import { useEffect } from 'react';

/** What a key of the whole app asks for. */
export type AppKey = 'settings' | 'shortcuts';

/** Ctrl or Cmd with a comma, as everywhere, and the question mark; a dialog and a text field keep their keys to themselves. */
export function useAppKeys(onKey: (asked: AppKey) => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const asked = askedBy(event);
      if (asked === undefined) return;
      event.preventDefault();
      onKey(asked);
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, [onKey]);
}

function askedBy({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): AppKey | undefined {
  if (key === ',' && (ctrlKey || metaKey) && !altKey) return 'settings';
  const isTyping = target instanceof HTMLElement && target.matches('input, textarea');
  return key === '?' && !isTyping && !ctrlKey && !metaKey ? 'shortcuts' : undefined;
}
