import { hostState } from '../host/state';
import { appIdentity } from './app-identity';

/** The user agent an Electron app sends: Chromium's, with the app's and Electron's names in it. */
export function userAgent(): string {
  const chrome = hostState.browser?.version ?? '140.0.0.0';
  const app = `${appIdentity.name.replaceAll(' ', '')}/${appIdentity.version}`;
  return (
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ${app} ` +
    `Chrome/${chrome} Electron/${hostState.electronVersion} Safari/537.36`
  );
}
