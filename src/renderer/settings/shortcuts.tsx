import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** What each key does, where it does it; the names of keys are as on the keyboard in most languages. */
const shortcuts = [
  { does: 'move', keys: ['↑', '↓'] },
  { does: 'open', keys: ['Enter'] },
  { does: 'press', keys: ['Space'] },
  { does: 'search', keys: ['/'] },
  { does: 'close', keys: ['Esc'] },
  { does: 'settings', keys: ['Ctrl/Cmd + ,'] },
  { does: 'shortcuts', keys: ['?'] },
] as const;

/** The page of shortcuts; takes the focus when somebody came for it. */
export function Shortcuts({ isAskedFor }: { readonly isAskedFor: boolean }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isAskedFor) heading.current?.focus();
  }, [isAskedFor]);
  return (
    <section className="settings-section">
      <h2 ref={heading} tabIndex={-1}>
        {t('shortcuts.title')}
      </h2>
      <dl className="shortcuts">
        {shortcuts.map(({ does, keys }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`shortcuts.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
