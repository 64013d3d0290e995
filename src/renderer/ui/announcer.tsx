import { createContext, type ReactNode, use, useCallback, useState } from 'react';

type Announce = (text: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Says one thing to people who listen to the screen; for news that is not already an alert. */
export const useAnnounce = (): Announce => use(AnnounceContext);

/**
 * Holds the one polite live region of the page. Each announcement is a new element, so that the same words said twice
 * are heard twice.
 */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState({ number: 0, text: '' });
  const announce = useCallback((text: string) => {
    setSpoken(({ number }) => ({ number: number + 1, text }));
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div role="status" aria-live="polite" className="only-heard">
        {spoken.text !== '' && <p key={spoken.number}>{spoken.text}</p>}
      </div>
    </AnnounceContext>
  );
}
