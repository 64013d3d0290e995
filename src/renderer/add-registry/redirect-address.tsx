import { Check, Copy } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistryFormValues } from '../../contract/registry-form';
import { useBridge } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { useCopied } from '../ui/use-copied';

interface Props {
  /** Absent until it is certain. */
  readonly address: string | undefined;
  readonly values: RegistryFormValues;
  readonly replaces: string | undefined;
}

/** The address that the provider must know, for the person who sets it up there. */
export function RedirectAddress({ address, values, replaces }: Props) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const announce = useAnnounce();
  const labelId = useId();
  const [copied, showCopied] = useCopied();
  const copy = async () => {
    const form = { values, ...(replaces !== undefined && { replaces }) };
    const outcome = await commands.ask((client) => client.copyFormRedirectUri(form));
    if (outcome?.ok !== true) return;
    showCopied();
    announce(t('announce.redirectUriCopied'));
  };
  return (
    <div className="field redirect-address" role="group" aria-labelledby={labelId}>
      <span id={labelId}>{t('details.redirectUri')}</span>
      {address === undefined ? (
        <small className="field-hint">{t('form.redirectLater')}</small>
      ) : (
        <>
          <span className="redirect-line">
            <code className="exact">{address}</code>
            <button type="button" className="button button-small" onClick={() => void copy()}>
              {copied ? <Check className="icon" aria-hidden /> : <Copy className="icon" aria-hidden />}
              {t('form.copy')}
            </button>
          </span>
          <small className="field-hint">{t('form.redirectHint')}</small>
        </>
      )}
    </div>
  );
}
