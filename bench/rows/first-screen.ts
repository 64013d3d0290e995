import { join } from 'node:path';
import budget from '../../scripts/first-screen-budget.json';
import { measureFirstScreen } from '../../scripts/lib/first-screen.mjs';
import type { Row } from '../lib/contest';

// Bundled, this module lies in dist/bench.
const page = join(import.meta.dirname, '../../out/renderer');

export const firstScreen: Row = {
  id: 'first-screen',
  task: '7. JavaScript and CSS of the first screen, gzip, with the largest language',
  unit: 'kB',
  floor: 'the budget',
  target: '≤ 150 kB; npm test holds it',
  rounds: 1,
  contestants: {
    'the budget': () => Promise.resolve([budget.gzipBytes / 1000]),
    Gatepass: () => Promise.resolve([measureFirstScreen(page, budget).total / 1000]),
  },
};
