import { LayoutList, type LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { RegistriesScreen } from '../registries/registries-screen';

export interface Screen {
  readonly id: string;
  /** Its name in the catalogue. */
  readonly title: 'registries.title';
  readonly icon: LucideIcon;
  readonly Content: ComponentType;
}

/** Home first. The navigation appears as soon as there is a second one. */
export const screens: readonly [Screen, ...Screen[]] = [
  { id: 'registries', title: 'registries.title', icon: LayoutList, Content: RegistriesScreen },
];
