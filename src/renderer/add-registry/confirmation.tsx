import { Info } from 'lucide-react';
import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistryFormFacts } from '../../contract/registry-form';
import { Fact } from '../details/facts';
import { ProblemNotice } from '../ui/problem-notice';
import type { GoodCheck } from './form-step';
import { RedirectAddress } from './redirect-address';
import type { RegistryFormState } from './use-registry-form';

type Purpose = 'add' | 'save' | 'adopt';

interface Props {
  readonly form: RegistryFormState;
  readonly check: GoodCheck;
  readonly isSaving: boolean;
  readonly purpose: Purpose;
  readonly onBack: () => void;
  readonly replaces: string | undefined;
  /** What else there is to know for this purpose; comes first. */
  readonly children?: ReactNode;
}

/** The second look: who is trusted with what, in full, and what saving does; then one button. */
export function Confirmation({ form, check, isSaving, purpose, replaces, onBack, children }: Props) {
  const { t } = useTranslation();
  const { facts, warnings, consequences } = check;
  const [isCompared, setCompared] = useState(false);
  const isSuspicious = warnings.some(({ code }) => code === 'CFG_HOST_SUSPICIOUS');
  const mayGoOn = !isSuspicious || isCompared;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
  }, []);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (mayGoOn && !isSaving) form.save();
  };
  return (
    <form className="registry-form" onSubmit={submit}>
      <div className="modal-body">
        {children}
        <WhatGoesWhere facts={facts} />
        {form.isIssuerLearnt && <p>{t('form.learnt', { host: facts.registryHost })}</p>}
        {warnings.map((warning, index) => (
          <ProblemNotice key={`${warning.code}-${index}`} problem={warning} />
        ))}
        {isSuspicious && (
          <label className="tick">
            <input
              type="checkbox"
              checked={isCompared}
              onChange={(event) => {
                setCompared(event.target.checked);
              }}
            />
            <span>{t('form.compared')}</span>
          </label>
        )}
        {consequences.map((consequence) => (
          <p key={consequence} className="consequence">
            <Info className="icon" aria-hidden />
            {t(`form.consequence.${consequence}`)}
          </p>
        ))}
        <dl className="confirm-facts">
          <Fact term={t('details.address')} exact>
            {facts.url}
          </Fact>
          {facts.token !== undefined && (
            <Fact term={t('token.title')} exact={facts.token.file !== undefined}>
              {facts.token.file ?? t('form.tokenLater')}
            </Fact>
          )}
          {facts.signIn !== undefined && (
            <>
              <Fact term={t('details.issuer')} exact>
                {facts.signIn.issuer}
              </Fact>
              <Fact term={t('details.clientId')} exact>
                {facts.signIn.clientId}
              </Fact>
              <Fact term={t('form.askedFor')} exact>
                {facts.signIn.scopes.join(' ')}
              </Fact>
              {facts.signIn.audience !== undefined && (
                <Fact term={t('details.audience')} exact>
                  {facts.signIn.audience}
                </Fact>
              )}
            </>
          )}
        </dl>
        {facts.signIn !== undefined && (
          <RedirectAddress address={facts.signIn.redirectUri} values={form.values} replaces={replaces} />
        )}
      </div>
      <div className="modal-foot">
        <p className="modal-status">{isSaving ? t('form.saving') : ''}</p>
        <button type="button" className="button" onClick={onBack}>
          {t(purpose === 'adopt' ? 'action.cancel' : 'details.back')}
        </button>
        <button
          ref={button}
          type="submit"
          className="button button-strong"
          aria-disabled={!mayGoOn || isSaving}
        >
          {t(`form.${purpose}`)}
        </button>
      </div>
    </form>
  );
}

/** Whom this sign-in trusts, hosts in full. */
function WhatGoesWhere({ facts: { registryHost, signIn, token } }: { readonly facts: RegistryFormFacts }) {
  const { t } = useTranslation();
  const withoutSignIn = token === undefined ? 'form.readFrom' : 'form.tokenSentTo';
  const sentTo = signIn === undefined ? withoutSignIn : 'form.accessSentTo';
  return (
    <div className="what-goes-where">
      <dl>
        {signIn !== undefined && <Host term={t('form.signInAt')}>{signIn.issuerHost}</Host>}
        <Host term={t(sentTo)}>{registryHost}</Host>
      </dl>
      {signIn !== undefined && <p className="field-hint">{t('form.neverPassword')}</p>}
    </div>
  );
}

function Host({ term, children }: { readonly term: string; readonly children: string }) {
  return (
    <div className="trusted-host">
      <dt>{term}</dt>
      <dd className="exact">{children}</dd>
    </div>
  );
}
