import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RegistryView } from '../../contract/view-model';
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
        {registry.locked && <Lock className="icon" aria-hidden />}
        {t(`source.${registry.source}`)}
      </Fact>
      <Fact term={t('details.location')} exact>
        {registry.location}
      </Fact>
    </Facts>
  );
}
