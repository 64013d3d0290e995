import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OAuthView, RegistryView } from '../../contract/view-model';
import { SignOutOfProvider } from '../add-registry/sign-out-of-provider';
import { useBridge } from '../bridge/use-bridge';
import { canSignOutBeside, canUseAnotherAccount } from '../registries/main-action';
import { SignOut, UseAnotherAccount } from '../registries/second-actions';
import { useAnnounce } from '../ui/announcer';
import { useCopied } from '../ui/use-copied';
import { Fact, Facts } from './facts';

/** How one signs in to this registry, as an administrator has to see it, and as whom one is signed in. */
export function SignInSection({
  registry,
  oauth,
}: {
  readonly registry: RegistryView;
  readonly oauth: OAuthView;
}) {
  const { t } = useTranslation();
  const { session, siblings, knownAs } = registry;
  const account = 'account' in session ? session.account : undefined;
  const canSwitch = canUseAnotherAccount(registry);
  // Everywhere else it is in the row: its own button, or beside what is wrong.
  const canLeaveFlow = session.kind === 'signing-in' && canSignOutBeside(registry);
  return (
    <>
      <Facts title={t('details.signIn')}>
        {account !== undefined && <Fact term={t('details.account')}>{account}</Fact>}
        {knownAs !== undefined && <Fact term={t('details.knownAs')}>{knownAs.subject}</Fact>}
        {knownAs !== undefined && knownAs.roles.length > 0 && (
          <Fact term={t('details.roles')}>{knownAs.roles.join(', ')}</Fact>
        )}
        <Fact term={t('details.issuer')} exact>
          {oauth.issuer}
        </Fact>
        <Fact term={t('details.clientId')} exact>
          {oauth.clientId}
        </Fact>
        <Fact term={t('details.scopes')} exact>
          {oauth.scopes.join(' ')}
        </Fact>
        {oauth.audience !== undefined && (
          <Fact term={t('details.audience')} exact>
            {oauth.audience}
          </Fact>
        )}
        <Fact term={t('details.redirectUri')} exact={oauth.redirectUri !== undefined}>
          {oauth.redirectUri === undefined ? (
            t('form.redirectLater')
          ) : (
            <>
              <span className="fact-value">{oauth.redirectUri}</span>
              <CopyRedirectUri registryId={registry.id} />
            </>
          )}
        </Fact>
        <Fact term={t('details.slot')} exact>
          {oauth.slot}
        </Fact>
      </Facts>
      {siblings > 0 && <p className="siblings">{t('details.siblings', { count: siblings })}</p>}
      {(canSwitch || canLeaveFlow || siblings > 0) && (
        <div className="registry-actions">
          {canSwitch && <UseAnotherAccount registry={registry} />}
          {canLeaveFlow && <SignOut registry={registry} />}
          <SignOutOfProvider registry={registry} />
        </div>
      )}
    </>
  );
}

function CopyRedirectUri({ registryId }: { readonly registryId: string }) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const announce = useAnnounce();
  const [copied, showCopied] = useCopied();
  const copy = async () => {
    if (!(await commands.run(registryId, (client) => client.copyRedirectUri({ registryId })))) return;
    showCopied();
    announce(t('announce.redirectUriCopied'));
  };
  return (
    <button
      type="button"
      className="button button-quiet"
      aria-label={t('details.copyRedirectUri')}
      title={t('details.copyRedirectUri')}
      onClick={() => void copy()}
    >
      {copied ? <Check className="icon" aria-hidden /> : <Copy className="icon" aria-hidden />}
    </button>
  );
}
