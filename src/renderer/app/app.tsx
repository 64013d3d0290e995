import type { i18n } from 'i18next';
import { Suspense, useCallback, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { RegistryDialogs } from '../add-registry/registry-dialogs';
import type { Bridge } from '../bridge/connect';
import { BridgeContext } from '../bridge/use-bridge';
import { GuideHost } from '../guide/guide-host';
import { SessionAnnouncements } from '../registries/session-announcements';
import { Announcer } from '../ui/announcer';
import { Navigation } from './navigation';
import { type Screen, screens, settingsScreen } from './screens';
import { WhileRunning } from './stopped-screen';
import { type AppKey, useAppKeys } from './use-app-keys';

/** The whole page. */
export function App({ bridge, translator }: { readonly bridge: Bridge; readonly translator: i18n }) {
  const [screen, setScreen] = useState<Screen>(screens[0]);
  const [askedFor, setAskedFor] = useState<AppKey>();
  useAppKeys(
    useCallback((asked) => {
      setScreen(settingsScreen);
      setAskedFor(asked);
    }, []),
  );
  const go = (wanted: Screen) => {
    setScreen(wanted);
    setAskedFor(undefined);
  };
  return (
    <I18nextProvider i18n={translator}>
      <BridgeContext value={bridge}>
        <Announcer>
          <GuideHost>
            <WhileRunning>
              <SessionAnnouncements />
              <RegistryDialogs>
                <div className="app">
                  <Navigation screens={screens} current={screen} onGo={go} />
                  <main className="content">
                    <Suspense fallback={null}>
                      <screen.Content askedFor={askedFor} />
                    </Suspense>
                  </main>
                </div>
              </RegistryDialogs>
            </WhileRunning>
          </GuideHost>
        </Announcer>
      </BridgeContext>
    </I18nextProvider>
  );
}
