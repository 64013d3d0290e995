import type { Page } from '@playwright/test';
import { type Act, acts } from './acts';

/** One look at the app: a scene of the gallery, the window, and what a person did first. */
export interface Picture {
  readonly name: string;
  readonly scene: string;
  readonly width: number;
  readonly height: number;
  readonly language: 'en' | 'de';
  readonly colorScheme: 'light' | 'dark';
  readonly forcedColors?: 'active';
  /** Device pixels for each of the page's, as with a zoom of 200 %. */
  readonly scale: number;
  readonly act?: Act;
}

type Shot = Pick<Picture, 'scene'> &
  Partial<Pick<Picture, 'width' | 'height' | 'language' | 'scale' | 'forcedColors'>> & {
    readonly act?: keyof typeof acts;
  };

const narrow = { width: 480, height: 860 };
const zoomed = { width: 480, height: 320, scale: 2 };

/** Every state of every screen; each is drawn in light and in dark. */
const shots: Readonly<Record<string, Shot>> = {
  states: { scene: 'states', height: 1220 },
  steps: { scene: 'steps', height: 900 },
  attention: { scene: 'attention', height: 1560 },
  'attention-details': { scene: 'attention', height: 900, act: 'problemDetails' },
  'confirm-host': { scene: 'suspicious', act: 'confirmHost' },
  'changed-issuer': { scene: 'changed-issuer', act: 'confirmIssuer' },
  loading: { scene: 'loading' },
  'first-run': { scene: 'first-run' },
  'only-managed': { scene: 'only-managed' },
  one: { scene: 'one' },
  many: { scene: 'many' },
  'no-hits': { scene: 'many', act: 'noHits' },
  configuration: { scene: 'configuration' },
  'keychain-locked': { scene: 'keychain-locked' },
  stopped: { scene: 'stopped' },
  tokens: { scene: 'tokens', height: 760 },
  'token-dialog': { scene: 'tokens', act: 'addToken' },
  details: { scene: 'few', act: 'details' },
  lock: { scene: 'few', act: 'lock' },
  servers: { scene: 'few', act: 'servers' },
  'servers-stale': { scene: 'states', act: 'staleServers' },
  server: { scene: 'few', act: 'server' },
  add: { scene: 'few', act: 'add' },
  'add-by-hand': { scene: 'few', height: 760, act: 'addByHand' },
  'add-refused': { scene: 'few', height: 760, act: 'addRefused' },
  'add-offers': { scene: 'few', act: 'addOffers' },
  'add-confirm': { scene: 'few', height: 760, act: 'addConfirm' },
  edit: { scene: 'few', height: 1240, act: 'edit' },
  'edit-confirm': { scene: 'few', height: 860, act: 'editConfirm' },
  remove: { scene: 'few', act: 'remove' },
  forget: { scene: 'states', act: 'forget' },
  settings: { scene: 'settings', height: 900, act: 'settings' },
  gateway: { scene: 'settings', act: 'gateway' },
  shortcuts: { scene: 'few', act: 'shortcuts' },
  'support-state': { scene: 'states', height: 960, act: 'supportState' },
  'support-settings': { scene: 'settings', act: 'supportSettings' },
  'support-activity': { scene: 'states', act: 'supportActivity' },
  'self-test': { scene: 'states', height: 900, act: 'selfTest' },
  report: { scene: 'states', act: 'report' },
  recovery: { scene: 'states', height: 860, act: 'recovery' },
  'recovery-reset': { scene: 'states', height: 860, act: 'recoveryReset' },
  guide: { scene: 'attention', act: 'guide' },
  'guide-480': { scene: 'attention', ...narrow, act: 'guide', language: 'de' },
  'support-guide': { scene: 'states', act: 'guideTab' },
  'states-480': { scene: 'states', ...narrow, height: 1500 },
  'changed-issuer-480': { scene: 'changed-issuer', ...narrow, act: 'confirmIssuer', language: 'de' },
  'details-480': { scene: 'few', ...narrow, act: 'details' },
  'servers-480': { scene: 'few', ...narrow, act: 'servers', language: 'de' },
  'server-480': { scene: 'few', ...narrow, act: 'server', language: 'de' },
  'add-480': { scene: 'few', ...narrow, act: 'addByHand' },
  'many-480': { scene: 'many', width: 480, height: 420 },
  'settings-480': { scene: 'settings', ...narrow, act: 'settings', language: 'de' },
  'support-480': { scene: 'states', ...narrow, act: 'supportActivity' },
  'zoom-200': { scene: 'few', ...zoomed },
  'details-zoom-200': { scene: 'few', ...zoomed, act: 'details' },
  'states-german': { scene: 'states', height: 1260, language: 'de' },
  'attention-german': { scene: 'attention', height: 1600, language: 'de' },
  'details-german': { scene: 'few', act: 'details', language: 'de' },
  'edit-german': { scene: 'few', height: 1240, act: 'edit', language: 'de' },
  'settings-german': { scene: 'settings', height: 900, act: 'settings', language: 'de' },
  'support-german': { scene: 'states', height: 960, act: 'supportState', language: 'de' },
  'states-high-contrast': { scene: 'states', height: 1220, forcedColors: 'active' },
  'servers-high-contrast': { scene: 'few', act: 'servers', forcedColors: 'active' },
  'edit-high-contrast': { scene: 'few', height: 1240, act: 'edit', forcedColors: 'active' },
  'settings-high-contrast': { scene: 'settings', height: 900, act: 'settings', forcedColors: 'active' },
};

export const pictures: readonly Picture[] = Object.entries(shots).flatMap(([name, { act, ...shot }]) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    width: 960,
    height: 640,
    scale: 1,
    language: 'en' as const,
    ...shot,
    name: `${name}-${colorScheme}`,
    colorScheme,
    ...(act !== undefined && { act: (page: Page) => acts[act](page) }),
  })),
);
