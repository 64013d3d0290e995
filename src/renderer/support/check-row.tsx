import {
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CheckVerdict, CheckView } from '../../contract/self-test';
import type { RegistryView } from '../../contract/view-model';
import { CodeLink } from '../guide/help-link';
import { problemText } from '../i18n/problem-text';

const icons: Record<CheckVerdict | 'waiting' | 'running' | 'stopped', LucideIcon> = {
  pass: CircleCheck,
  warn: TriangleAlert,
  fail: CircleX,
  'not-needed': CircleMinus,
  'left-out': CircleMinus,
  waiting: CircleDashed,
  running: LoaderCircle,
  stopped: CircleMinus,
};

interface Props {
  readonly check: CheckView;
  /** The run was ended: what waits will not come any more. */
  readonly isStopped: boolean;
  readonly registry: RegistryView | undefined;
}

/** One check: its name, verdict and time; what was tried and found; and where it failed, why, and the one fix. */
export function CheckRow({ check, isStopped, registry }: Props) {
  const { t } = useTranslation();
  const outcome = check.state === 'done' ? check.outcome : undefined;
  const verdict =
    outcome?.verdict ?? (check.state === 'running' ? 'running' : isStopped ? 'stopped' : 'waiting');
  const Icon = icons[verdict];
  const text = outcome?.problem && problemText(t, outcome.problem, registry);
  return (
    <li className="check" data-verdict={verdict} aria-label={t(`check.name.${check.name}`)}>
      <Icon className="icon" aria-hidden />
      <div className="check-body">
        <p className="check-head">
          <span className="check-name">{t(`check.name.${check.name}`)}</span>
          <span className="check-verdict">{t(`check.verdict.${verdict}`)}</span>
          {check.state === 'done' && outcome?.verdict !== 'left-out' && (
            <small className="check-time">{t('activity.milliseconds', { count: check.durationMs })}</small>
          )}
          {outcome?.problem !== undefined && <CodeLink code={outcome.problem.code} />}
        </p>
        {text !== undefined && (
          <p>
            <strong>{text.sentence}</strong> {text.next}
          </p>
        )}
        {outcome?.problem?.providerText !== undefined && (
          <p>
            {t('problem.providerSays')} <q className="provider-text">{outcome.problem.providerText}</q>
          </p>
        )}
        <dl className="check-facts">
          {outcome?.tried !== undefined && (
            <div>
              <dt>{t('check.tried')}</dt>
              <dd className="exact">{outcome.tried}</dd>
            </div>
          )}
          {outcome?.facts?.map(({ name, value }, index) => (
            <div key={index}>
              <dt>{t(`check.fact.${name}`)}</dt>
              <dd className="exact">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </li>
  );
}
