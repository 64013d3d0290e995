import { Lock } from 'lucide-react';
import { type KeyboardEvent, type ToggleEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../contract/view-model';
import { sourceText } from './source-text';
import './managed-mark.css';

interface Props {
  /** What is managed, for people who hear several of these buttons on one page. */
  readonly of: string;
  readonly source: Source;
  /** Where an administrator finds it: a file with its line, a policy's place. */
  readonly location: string;
}

/** The lock beside what the organization decided. A press says who decided it and where. */
export function ManagedMark({ of, source, location }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const isOpen = useRef(false);
  const keepEscape = (event: KeyboardEvent) => {
    // It closes the popover, which is the top thing, and nothing behind it.
    if (event.key === 'Escape' && isOpen.current) event.stopPropagation();
  };
  return (
    <span className="managed" onKeyDown={keepEscape}>
      <button
        type="button"
        className="managed-mark"
        aria-label={t('managed.label', { of })}
        title={t('registries.locked')}
        popoverTarget={id}
      >
        <Lock className="icon" aria-hidden />
      </button>
      <span
        id={id}
        popover="auto"
        role="note"
        className="managed-popover"
        onToggle={(event: ToggleEvent) => {
          isOpen.current = event.newState === 'open';
        }}
      >
        <strong>{t('registries.locked')}</strong>
        <span>{t('managed.explained')}</span>
        <span className="managed-facts">
          {t('details.source')}: {sourceText(t, source)}
          <br />
          {t('details.location')}: <span className="exact">{location}</span>
        </span>
      </span>
    </span>
  );
}
