// Draws the pictures of the gallery into docs/screenshots, or the folder SCREENSHOTS names, and looks at each with axe:
//   npm run screenshots -- [-g PICTURE]
import { resolve } from 'node:path';
import { must, root } from './lib/run.mjs';

const folder = process.env.SCREENSHOTS ?? resolve(root, 'docs/screenshots');
await must('npx', ['playwright', 'test', 'e2e/specs/gallery.spec.ts', ...process.argv.slice(2)], {
  env: { ...process.env, SCREENSHOTS: folder },
});
