import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckVerdict, CheckView, SelfTestRun } from '../../contract/self-test';
import { useBridge, useRegistry } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { CheckRow } from './check-row';

interface Props {
  readonly run: SelfTestRun;
  readonly onCancel: () => void;
}

/** One run: how far it is, what it found, check by check. */
export function SelfTestResult({ run, onCancel }: Props) {
  const { t } = useTranslation();
  const { view } = useBridge();
  const { target, checks, state } = run;
  const titleId = useId();
  const registry = useRegistry(target.kind === 'registry' ? target.registryId : '');
  const name = target.kind === 'computer' ? t('support.computer') : (registry?.name ?? target.registryId);
  const done = checks.filter((check) => check.state === 'done').length;
  const summary = summaryOf(checks);
  const words =
    state === 'running'
      ? t('selfTest.running', { done, all: checks.length })
      : `${t(`selfTest.${state}`)} ${t('selfTest.summary', summary)}`;
  useSaidAtTheEnd(state, `${name}: ${words}`);
  return (
    <section className="self-test" aria-labelledby={titleId}>
      <header className="self-test-head">
        <h2 id={titleId}>{name}</h2>
        <span className="self-test-progress">{words}</span>
        {state === 'running' && (
          <button type="button" className="button button-small" onClick={onCancel}>
            {t('selfTest.cancel')}
          </button>
        )}
      </header>
      <ol className="self-test-checks" aria-labelledby={titleId}>
        {checks.map((check) => (
          <CheckRow
            key={check.name}
            check={check}
            isStopped={state === 'cancelled'}
            registry={target.kind === 'registry' ? view.registry(target.registryId) : undefined}
          />
        ))}
      </ol>
    </section>
  );
}

function summaryOf(checks: readonly CheckView[]) {
  const count = (...wanted: readonly CheckVerdict[]) =>
    checks.filter((check) => check.state === 'done' && wanted.includes(check.outcome.verdict)).length;
  return { failed: count('fail'), warned: count('warn'), passed: count('pass') };
}

/** Heard once, by those who cannot see the list fill; not for a run that was over before it was looked at. */
function useSaidAtTheEnd(state: SelfTestRun['state'], words: string): void {
  const announce = useAnnounce();
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'running' && state !== 'running') announce(words);
    before.current = state;
  }, [announce, state, words]);
}
