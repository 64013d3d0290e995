import { EventEmitter } from 'node:events';
import type { Protocol } from 'devtools-protocol';
import { strict } from '../host/strict';
import { webContentsRegistry } from './web-contents-registry';

type Source = Electron.NativeTheme['themeSource'];

/** The system's theme is light here; the app may choose another, which its pages then see. */
class NativeThemeStandIn
  extends EventEmitter
  implements
    Pick<
      Electron.NativeTheme,
      | 'themeSource'
      | 'shouldUseDarkColors'
      | 'shouldUseHighContrastColors'
      | 'inForcedColorsMode'
      | 'prefersReducedTransparency'
    >
{
  readonly shouldUseHighContrastColors = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  private source: Source = 'system';

  get themeSource(): Source {
    return this.source;
  }

  set themeSource(source: Source) {
    if (source === this.source) return;
    this.source = source;
    for (const contents of webContentsRegistry.all()) {
      contents.withSession((session) => {
        session.tell('Emulation.setEmulatedMedia', currentMedia());
      });
    }
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }
}

const implementation = new NativeThemeStandIn();

/** What a page is told about the theme. */
export function currentMedia(): Protocol.Emulation.SetEmulatedMediaRequest {
  const { themeSource } = implementation;
  return { features: themeSource === 'system' ? [] : [{ name: 'prefers-color-scheme', value: themeSource }] };
}

export const nativeTheme = strict<Electron.NativeTheme>(implementation, 'nativeTheme');
