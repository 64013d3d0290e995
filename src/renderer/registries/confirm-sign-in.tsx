import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem, RegistryView } from '../../contract/view-model';
import { useBridge } from '../bridge/use-bridge';

interface Props {
  readonly registry: RegistryView;
  readonly problem: Problem;
  /** The refusal of a sign-in for want of just this confirmation. */
  readonly refused: Problem | undefined;
}

/**
 * Goes on with a sign-in at an address that may imitate another one, or is not the one it was; the address is named on
 * the button itself. Whoever presses "Sign in" without having confirmed it is led here.
 */
export function ConfirmSignIn({ registry: { id: registryId }, problem, refused }: Props) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Only from within the same row, or the details beside it: nobody else waits for an answer here.
    const { activeElement } = document;
    const details = document.querySelector('.details');
    const isNear =
      details?.contains(activeElement) === true ||
      button.current?.closest('[data-registry]')?.contains(activeElement) === true;
    if (refused !== undefined && isNear) button.current?.focus();
  }, [refused]);
  const asked = askedIn(problem);
  if (asked === undefined) return null;
  return (
    <button
      ref={button}
      type="button"
      className="button button-small"
      onClick={() =>
        void commands.run(registryId, (client) =>
          client.signIn({ registryId, account: 'default', confirmed: asked }),
        )
      }
    >
      {'host' in asked ? t('action.confirmHost', asked) : t('action.confirmIssuer', asked)}
    </button>
  );
}

/** What the question names; without it there is nothing to confirm: it cannot even be read. */
function askedIn({
  code,
  params,
}: Problem): { readonly host: string } | { readonly issuer: string } | undefined {
  const { host, issuer } = params;
  if (code === 'CFG_HOST_SUSPICIOUS' && typeof host === 'string') return { host };
  return code === 'CFG_ISSUER_CHANGED' && typeof issuer === 'string' ? { issuer } : undefined;
}
