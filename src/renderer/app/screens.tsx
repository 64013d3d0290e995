import { LayoutList, LifeBuoy, type LucideIcon, Settings } from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import { RegistriesScreen } from '../registries/registries-screen';
import type { AppKey } from './use-app-keys';

export interface Screen {
  readonly id: string;
  /** Its name in the catalogue. */
  readonly title: 'registries.title' | 'support.title' | 'settings.title';
  readonly icon: LucideIcon;
  /** Told which key brought somebody here, if one did. */
  readonly Content: ComponentType<{ readonly askedFor: AppKey | undefined }>;
}

/** Loaded when it is first opened: whoever only signs in never pays for it. */
const SupportScreen = lazy(() =>
  import('../support/support-screen').then((module) => ({ default: module.SupportScreen })),
);
const SettingsScreen = lazy(() =>
  import('../settings/settings-screen').then((module) => ({ default: module.SettingsScreen })),
);

export const settingsScreen: Screen = {
  id: 'settings',
  title: 'settings.title',
  icon: Settings,
  Content: SettingsScreen,
};

/** Home first, settings last. */
export const screens: readonly [Screen, ...Screen[]] = [
  { id: 'registries', title: 'registries.title', icon: LayoutList, Content: RegistriesScreen },
  { id: 'support', title: 'support.title', icon: LifeBuoy, Content: SupportScreen },
  settingsScreen,
];
