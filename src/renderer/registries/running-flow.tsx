import { Check, Copy, ExternalLink, TimerReset } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type RegistryView, type SessionView, type SignInStep, signInSteps } from '../../contract/view-model';
import { useBridge } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { useCopied } from '../ui/use-copied';
import { TimeLeft } from './time-left';

type Flow = Extract<SessionView, { kind: 'signing-in' }>;

const stepKeys = {
  'opening-browser': 'flow.openingBrowser',
  'waiting-for-browser': 'flow.waitingForBrowser',
  completing: 'flow.completing',
} as const satisfies Record<SignInStep, string>;

/** A running sign-in: its three steps, the time that is left, and what helps when the browser does not. */
export function RunningFlow({ registry, flow }: { readonly registry: RegistryView; readonly flow: Flow }) {
  const { t } = useTranslation();
  const current = signInSteps.indexOf(flow.step);
  return (
    <div className="flow" role="group" aria-label={t('flow.title', { name: registry.name })}>
      <ol className="flow-steps">
        {signInSteps.map((step, index) => (
          <li
            key={step}
            className="flow-step"
            data-state={index < current ? 'done' : index === current ? 'current' : 'ahead'}
            aria-current={index === current ? 'step' : undefined}
          >
            <span className="flow-mark" aria-hidden>
              {index < current ? <Check className="icon" /> : index + 1}
            </span>
            {t(stepKeys[step])}
            {index < current && <span className="only-heard"> ({t('flow.stepDone')})</span>}
          </li>
        ))}
      </ol>
      {flow.step !== 'completing' && <WhileWaiting registryId={registry.id} flow={flow} />}
    </div>
  );
}

function WhileWaiting({ registryId, flow }: { readonly registryId: string; readonly flow: Flow }) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const announce = useAnnounce();
  const [copied, showCopied] = useCopied();

  const copyLink = async () => {
    if (!(await commands.run(registryId, (client) => client.copySignInLink({ registryId })))) return;
    showCopied();
    announce(t('announce.linkCopied'));
  };
  const moreTime = () => {
    if (flow.canExtend) void commands.run(registryId, (client) => client.extendSignIn({ registryId }));
  };
  return (
    <div className="flow-help">
      <TimeLeft startedAt={flow.startedAt} deadline={flow.deadline} />
      <div className="flow-buttons">
        <button
          type="button"
          className="button button-small"
          onClick={() => void commands.run(registryId, (client) => client.openBrowserAgain({ registryId }))}
        >
          <ExternalLink className="icon" aria-hidden />
          {t('flow.openAgain')}
        </button>
        <button type="button" className="button button-small" onClick={() => void copyLink()}>
          {copied ? <Check className="icon" aria-hidden /> : <Copy className="icon" aria-hidden />}
          {t('flow.copyLink')}
        </button>
        <button
          type="button"
          className="button button-small"
          aria-disabled={!flow.canExtend}
          title={flow.canExtend ? undefined : t('flow.longestTime')}
          onClick={moreTime}
        >
          <TimerReset className="icon" aria-hidden />
          {t('flow.moreTime')}
        </button>
      </div>
    </div>
  );
}
