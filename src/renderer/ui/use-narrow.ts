import { useSyncExternalStore } from 'react';

/** Below this width the details lie over the list instead of beside it. */
const narrow = '(max-width: 719px)';

/** True while the window is too narrow for two panes. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(narrow).matches);
}

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(narrow);
  query.addEventListener('change', listener);
  return () => {
    query.removeEventListener('change', listener);
  };
}
