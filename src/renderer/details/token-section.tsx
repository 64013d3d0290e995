import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { RegistryView, TokenView } from '../../contract/view-model';
import { useRegistryTask } from '../add-registry/registry-task';
import { useBridge } from '../bridge/use-bridge';
import { Fact, Facts } from './facts';

/** Where a registry's token comes from, and what can be done about the one that the app keeps. */
export function TokenSection({
  registry: { id: registryId, name },
  token,
}: {
  readonly registry: RegistryView;
  readonly token: TokenView;
}) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const openTask = useRegistryTask();
  return (
    <>
      <Facts title={t('token.title')}>
        <Fact term={t('token.comesFrom')} exact={token.kind === 'environment' || token.kind === 'file'}>
          {placeText(t, token)}
        </Fact>
      </Facts>
      {token.kind === 'stored' && (
        <div className="registry-actions">
          <button
            type="button"
            className="button button-small"
            aria-label={t('token.replaceOf', { name })}
            onClick={() => {
              openTask({ kind: 'token', registryId });
            }}
          >
            {t('token.replace')}
          </button>
          <button
            type="button"
            className="button button-small"
            aria-label={t('token.removeOf', { name })}
            onClick={() => void commands.run(registryId, (client) => client.removeToken({ registryId }))}
          >
            {t('token.remove')}
          </button>
        </div>
      )}
    </>
  );
}

function placeText(t: TFunction, token: TokenView): string {
  switch (token.kind) {
    case 'absent':
      return t('token.nowhere');
    case 'environment':
      return token.name;
    case 'file':
      return token.path;
    case 'stored':
      return t('token.inApp');
  }
}
