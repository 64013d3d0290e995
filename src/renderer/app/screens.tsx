import { LayoutList, LifeBuoy, type LucideIcon } from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import { RegistriesScreen } from '../registries/registries-screen';

export interface Screen {
  readonly id: string;
  /** Its name in the catalogue. */
  readonly title: 'registries.title' | 'support.title';
  readonly icon: LucideIcon;
  readonly Content: ComponentType;
}

/** Loaded when it is first opened: whoever only signs in never pays for it. */
const SupportScreen = lazy(() =>
  import('../support/support-screen').then((module) => ({ default: module.SupportScreen })),
);

/** Home first. The navigation appears as soon as there is a second one. */
export const screens: readonly [Screen, ...Screen[]] = [
  { id: 'registries', title: 'registries.title', icon: LayoutList, Content: RegistriesScreen },
  { id: 'support', title: 'support.title', icon: LifeBuoy, Content: SupportScreen },
];
