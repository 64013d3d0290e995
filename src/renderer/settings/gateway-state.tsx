import { CircleCheck, CircleDashed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GatewayView } from '../../contract/view-model';
import { ProblemNotice } from '../ui/problem-notice';

/** Whether programs can reach the gateway now, and how, or why not. */
export function GatewayState({ gateway }: { readonly gateway: GatewayView }) {
  const { t } = useTranslation();
  switch (gateway.kind) {
    case 'off':
      return (
        <p className="gateway-state" data-kind="off">
          <CircleDashed className="icon" aria-hidden />
          {t('gateway.off')}
        </p>
      );
    case 'on':
      return (
        <div className="gateway-state" data-kind="on">
          <CircleCheck className="icon" aria-hidden />
          <p>
            {t('gateway.on', { url: gateway.url })}
            <br />
            {t('gateway.file')} <span className="exact">{gateway.file}</span>
          </p>
        </div>
      );
    case 'failed':
      return <ProblemNotice problem={gateway.problem} />;
  }
}
