import type { RegistryView, Snapshot } from '../../contract/view-model';
import { anApp, aRegistry, aSnapshot } from '../testing/views';
import { lockedKeychain, stopped } from './app-scenes';
import { brokenConfiguration, mixedSettings } from './configuration-scenes';
import { changedIssuers, lookalike } from './question-scene';
import { everyProblem, everyState, everyStep } from './registry-states';
import { tokenRegistries } from './token-scene';

function many(now: number): readonly RegistryView[] {
  const states = everyState(now);
  return Array.from({ length: 1000 }, (_, index) => {
    const state = states[index % 11 === 3 ? 3 : index % 3 === 0 ? 1 : 0] ?? aRegistry();
    const number = String(index + 1).padStart(4, '0');
    return {
      ...state,
      id: `r${number}`,
      name: `Registry ${number}`,
      host: `mcp${number}.acme.example`,
      locked: false,
    };
  });
}

/** What the gallery can show, by name. */
export const scenes: Readonly<Record<string, (now: number) => Snapshot>> = {
  states: (now) => aSnapshot(everyState(now)),
  steps: (now) => aSnapshot(everyStep(now)),
  attention: (now) => aSnapshot(everyProblem(now)),
  suspicious: () => aSnapshot(lookalike),
  'changed-issuer': () => aSnapshot(changedIssuers),
  'only-managed': (now) => aSnapshot(everyState(now).slice(0, 1), anApp({ mayAddRegistries: false })),
  'first-run': () => aSnapshot([]),
  loading: () => aSnapshot([], anApp({ loaded: false })),
  configuration: (now) => aSnapshot(everyState(now).slice(0, 2), brokenConfiguration),
  settings: (now) => aSnapshot(everyState(now).slice(0, 2), mixedSettings),
  one: (now) => aSnapshot(everyState(now).slice(1, 2)),
  few: (now) => aSnapshot(everyState(now).slice(0, 4)),
  many: (now) => aSnapshot(many(now)),
  tokens: () => aSnapshot(tokenRegistries()),
  'keychain-locked': lockedKeychain,
  stopped,
};
