import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { HelpSection } from '../../contract/help-sections';
import { GuideContext } from './use-guide';

/** Loaded when first needed, with the text of the guide. */
const GuideDialog = lazy(async () => ({ default: (await import('./guide-dialog')).GuideDialog }));

/**
 * The page, and over it the support guide when an error's link asks for it. Whatever a person was doing stays as it
 * is beneath, a half-filled form too, and has the focus again afterwards.
 */
export function GuideHost({ children }: { readonly children: ReactNode }) {
  const [section, setSection] = useState<HelpSection>();
  const opener = useRef<Element>(null);
  const open = useCallback((wanted: HelpSection) => {
    opener.current = document.activeElement;
    setSection(wanted);
  }, []);
  useEffect(() => {
    // After the drawing in which the page beneath can take the focus again.
    if (section !== undefined || opener.current === null) return;
    const place = opener.current.isConnected ? opener.current : document.querySelector('h1');
    if (place instanceof HTMLElement) place.focus();
    opener.current = null;
  }, [section]);
  return (
    <GuideContext value={open}>
      <div className="beneath" inert={section !== undefined}>
        {children}
      </div>
      {section !== undefined && (
        <Suspense fallback={null}>
          <GuideDialog
            section={section}
            onClose={() => {
              setSection(undefined);
            }}
          />
        </Suspense>
      )}
    </GuideContext>
  );
}
