import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandClient } from '../../contract/bridge';
import type { RegistryFacts } from '../../contract/support-view';
import type { RegistryView } from '../../contract/view-model';
import { useAnswer } from '../bridge/use-answer';
import { Fact, Facts } from '../details/facts';
import { CodeLink } from '../guide/help-link';
import { tokenText } from './fact-words';
import { KeySource } from './key-source';
import { Moment } from './moment';

/** All that may be seen of one registry's session, read again whenever its row changes. */
export function RegistryFactsPanel({ registry }: { readonly registry: RegistryView }) {
  const registryId = registry.id;
  const ask = useCallback((client: CommandClient) => client.readRegistryFacts({ registryId }), [registryId]);
  const facts = useAnswer(ask, registry)?.facts;
  if (facts === undefined) return null;
  return (
    <div className="support-panel">
      <SessionFacts registry={registry} facts={facts} />
      <TimeFacts facts={facts} />
      <ConfiguredFacts registry={registry} facts={facts} />
      <DiscoveredFacts facts={facts} />
    </div>
  );
}

interface Props {
  readonly registry: RegistryView;
  readonly facts: RegistryFacts;
}

function SessionFacts({ registry, facts }: Props) {
  const { t } = useTranslation();
  const { session } = registry;
  const account = 'account' in session ? session.account : undefined;
  const { signIns, refreshes, failures } = facts.counters;
  return (
    <Facts title={t('support.session')}>
      <Fact term={t('support.state')} exact>
        {facts.state} · {registry.status}
      </Fact>
      <Fact term={t('support.lastError')}>
        {facts.lastError === undefined ? (
          t('support.none')
        ) : (
          <span>
            <CodeLink code={facts.lastError.code} /> <Moment at={facts.lastError.at} />
          </span>
        )}
      </Fact>
      <Fact term={t('details.account')}>{account ?? '–'}</Fact>
      <Fact term={t('support.refreshToken')}>{tokenText(t, facts.refreshToken)}</Fact>
      <Fact term={t('support.accessToken')}>{tokenText(t, facts.accessToken)}</Fact>
      <Fact term={t('support.keySource')}>
        <KeySource source={facts.keySource} />
      </Fact>
      {facts.openAttempts > 0 && <Fact term={t('support.openAttempts')}>{facts.openAttempts}</Fact>}
      <Fact term={t('support.counters')}>{t('support.counted', { signIns, refreshes, failures })}</Fact>
    </Facts>
  );
}

function TimeFacts({ facts: { times } }: Pick<Props, 'facts'>) {
  const { t } = useTranslation();
  return (
    <Facts title={t('support.times')}>
      <Fact term={t('support.signedInAt')}>
        <Moment at={times.signedInAt} />
      </Fact>
      <Fact term={t('support.refreshedAt')}>
        <Moment at={times.refreshedAt} />
      </Fact>
      <Fact term={t('support.nextRefreshAt')}>
        <Moment at={times.nextRefreshAt} />
      </Fact>
      <Fact term={t('support.accessUntil')}>
        <Moment at={times.accessUntil} />
      </Fact>
      <Fact term={t('support.lastUsedAt')}>
        <Moment at={times.lastUsedAt} />
      </Fact>
    </Facts>
  );
}

function ConfiguredFacts({ registry, facts }: Props) {
  const { t } = useTranslation();
  const { oauth } = registry;
  return (
    <Facts title={t('support.configured')}>
      <Fact term={t('details.address')} exact>
        {registry.url}
      </Fact>
      <Fact term={t('details.source')}>{t(`source.${registry.source}`)}</Fact>
      <Fact term={t('details.location')} exact>
        {registry.location}
      </Fact>
      {oauth !== undefined && (
        <>
          <Fact term={t('details.issuer')} exact>
            {oauth.issuer}
          </Fact>
          <Fact term={t('details.clientId')} exact>
            {oauth.clientId}
          </Fact>
          <Fact term={t('details.scopes')} exact>
            {oauth.scopes.join(' ')}
          </Fact>
          <Fact term={t('support.scopesGranted')} exact>
            {facts.scopesGranted ?? t('support.notSaid')}
          </Fact>
          <Fact term={t('details.redirectUri')} exact>
            {oauth.redirectUri ?? t('form.redirectLater')}
          </Fact>
          <Fact term={t('details.slot')} exact>
            {oauth.slot}
          </Fact>
        </>
      )}
    </Facts>
  );
}

function DiscoveredFacts({ facts: { discovered } }: Pick<Props, 'facts'>) {
  const { t } = useTranslation();
  if (discovered === undefined) return null;
  return (
    <Facts title={t('support.discovered')}>
      <Fact term={t('details.issuer')} exact>
        {discovered.issuer}
      </Fact>
      {discovered.endpoints.map(({ name, url }) => (
        <Fact key={name} term={name} exact>
          {url}
        </Fact>
      ))}
      {discovered.clockAheadSeconds !== undefined && (
        <Fact term={t('support.clock')}>
          {t('support.clockAhead', { seconds: discovered.clockAheadSeconds })}
        </Fact>
      )}
    </Facts>
  );
}
