import { useTranslation } from 'react-i18next';
import type { RegistryView } from '../../contract/view-model';
import { ManagedMark } from '../ui/managed-mark';
import { Fact, Facts } from './facts';

/** Which registry this is and who put it here. */
export function RegistrySection({ registry }: { readonly registry: RegistryView }) {
  const { t } = useTranslation();
  return (
    <Facts title={t('details.registry')}>
      <Fact term={t('details.address')} exact>
        {registry.url}
      </Fact>
      <Fact term={t('details.host')} exact>
        {registry.host}
      </Fact>
      <Fact term={t('details.source')}>
        <span>{t(`source.${registry.source}`)}</span>
        {registry.locked && (
          <ManagedMark of={registry.name} source={registry.source} location={registry.location} />
        )}
      </Fact>
      <Fact term={t('details.location')} exact>
        {registry.location}
      </Fact>
      {registry.toolhive !== undefined && (
        <Fact term="ToolHive">
          {t(registry.toolhive.isSignedIn ? 'details.thvSignedIn' : 'details.thvSignedOut')}
        </Fact>
      )}
    </Facts>
  );
}
