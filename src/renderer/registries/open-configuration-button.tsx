import { useTranslation } from 'react-i18next';
import { useBridge } from '../bridge/use-bridge';

/** Opens the configuration file in the system's editor; a refusal is kept under the empty registry id. */
export function OpenConfigurationButton() {
  const { t } = useTranslation();
  const { commands } = useBridge();
  return (
    <button
      type="button"
      className="button button-small"
      onClick={() => void commands.run('', (client) => client.openConfigurationFile())}
    >
      {t('app.openConfiguration')}
    </button>
  );
}
