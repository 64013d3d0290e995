import { useEffect, useState } from 'react';

/** Milliseconds for which a copy button shows that it worked. */
const shownFor = 2000;

/** Whether something was copied just now, and the function that says so. */
export function useCopied(): readonly [copied: boolean, showCopied: () => void] {
  const [copies, setCopies] = useState(0);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (copies === 0) return undefined;
    const timer = setTimeout(() => {
      setCopied(false);
    }, shownFor);
    return () => {
      clearTimeout(timer);
    };
  }, [copies]);
  return [
    copied,
    () => {
      setCopied(true);
      setCopies((count) => count + 1);
    },
  ];
}
