import { type SubmitEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInOffer } from '../../contract/registry-form';
import { useAnnounce } from '../ui/announcer';
import { busyTextOf } from './busy-text';
import { TextFieldRow } from './field';
import { FormFoot } from './form-foot';
import { useFocusOnFirstProblem } from './form-problems';
import type { OffersSaid } from './form-step';
import type { RegistryFormState } from './use-registry-form';

interface Props {
  readonly form: RegistryFormState;
  readonly said: OffersSaid;
  readonly onBack: () => void;
}

/** What the registry's offer left open: which of several sign-in services, and the client id it did not say. */
export function OffersStep({ form, said, onBack }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const formRef = useRef<HTMLFormElement>(null);
  const [isChoiceMissing, setChoiceMissing] = useState(false);
  const busyText = busyTextOf(t, form);
  const { registryHost, offers } = said;
  const chosen = form.isIssuerLearnt
    ? offers.find(({ values }) => values.issuer === form.values.issuer)
    : undefined;
  useFocusOnFirstProblem(formRef, form.refusals);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busyText !== undefined) return;
    setChoiceMissing(chosen === undefined);
    if (chosen === undefined) {
      formRef.current?.querySelector<HTMLElement>('input[type="radio"]')?.focus();
      return;
    }
    announce(t('form.checkingIssuer'));
    form.check();
  };
  return (
    <form ref={formRef} className="registry-form" noValidate onSubmit={submit}>
      <div className="modal-body">
        <p>{t(offers.length > 1 ? 'form.offersSeveral' : 'form.offersOne', { host: registryHost })}</p>
        <OfferChoice
          offers={offers}
          chosen={chosen}
          disabled={busyText !== undefined}
          isMissing={isChoiceMissing && chosen === undefined}
          onChoose={form.take}
        />
        {chosen !== undefined && chosen.values.clientId === '' && (
          <TextFieldRow
            values={form.values}
            problems={form.problems}
            disabled={busyText !== undefined}
            onChange={form.change}
            field="clientId"
            label={t('form.clientId')}
            hint={t('form.clientIdAsked')}
            exact
            autoFocus={offers.length === 1}
          />
        )}
      </div>
      <FormFoot
        busyText={busyText}
        leave={t(busyText === undefined ? 'details.back' : 'form.cancelCheck')}
        onLeave={busyText === undefined ? onBack : form.stop}
      />
    </form>
  );
}

interface ChoiceProps {
  readonly offers: readonly SignInOffer[];
  readonly chosen: SignInOffer | undefined;
  readonly disabled: boolean;
  readonly isMissing: boolean;
  readonly onChoose: (offer: SignInOffer) => void;
}

/** Hosts in full, since this is whom a person trusts; nothing is chosen for them. */
function OfferChoice({ offers, chosen, disabled, isMissing, onChoose }: ChoiceProps) {
  const { t } = useTranslation();
  const messageId = useId();
  const [only, ...others] = offers;
  if (only !== undefined && others.length === 0)
    return (
      <dl className="what-goes-where">
        <Offer offer={only} />
      </dl>
    );
  return (
    <fieldset className="field choice" aria-describedby={messageId}>
      <legend>{t('form.signInAt')}</legend>
      {offers.map((offer) => (
        <label key={offer.values.issuer} className="tick">
          <input
            type="radio"
            name="offer"
            checked={offer === chosen}
            aria-disabled={disabled}
            onChange={() => {
              if (!disabled) onChoose(offer);
            }}
          />
          <span>
            <strong className="exact">{offer.issuerHost}</strong>
            <br />
            <small className="exact">{offer.values.issuer}</small>
          </span>
        </label>
      ))}
      <p id={messageId} className="field-error" role="alert">
        {isMissing ? t('form.chooseOne') : ''}
      </p>
    </fieldset>
  );
}

function Offer({ offer: { issuerHost, values } }: { readonly offer: SignInOffer }) {
  const { t } = useTranslation();
  return (
    <div className="trusted-host">
      <dt>{t('form.signInAt')}</dt>
      <dd className="exact">{issuerHost}</dd>
      <dd className="exact offer-issuer">{values.issuer}</dd>
    </div>
  );
}
