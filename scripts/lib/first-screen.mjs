import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * What a budget says of the first screen.
 * @typedef {object} Budget
 * @property {number} gzipBytes most bytes of all its scripts and styles, each compressed by itself
 * @property {readonly string[]} alsoAtStart chunks that some people need before the first drawing, such as a language;
 *   the largest of them counts
 * @property {readonly string[]} apart chunks that have to be there and are loaded only when they are needed
 */

/**
 * What the page loads before it draws for the first time, and what is wrong with that.
 * @param {string} folder of the built renderer, with its `index.html`
 * @param {Budget} budget
 * @returns {{ readonly files: readonly { readonly name: string, readonly bytes: number }[], readonly total: number, readonly faults: readonly string[] }}
 */
export function measureFirstScreen(folder, { gzipBytes, alsoAtStart, apart }) {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map(([, name]) => name);
  const all = readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`);
  const chunk = (wanted) => all.find((name) => chunkOf(name) === wanted && name.endsWith('.js'));
  const weighed = (name) => ({ name, bytes: gzipSync(readFileSync(join(folder, name))).length });

  const faults = [];
  const languages = alsoAtStart.map((wanted) => {
    const name = chunk(wanted);
    if (name === undefined) faults.push(`There is no chunk "${wanted}".`);
    return name === undefined ? undefined : weighed(name);
  });
  const [largest] = languages.filter((each) => each !== undefined).sort((a, b) => b.bytes - a.bytes);
  const files = [...named.map(weighed), ...(largest === undefined ? [] : [largest])];
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (named.length === 0) faults.push('The page names no script: nothing was measured.');
  if (total > gzipBytes) faults.push(`${total} bytes are ${total - gzipBytes} more than the budget allows.`);
  for (const wanted of apart) {
    if (chunk(wanted) === undefined) faults.push(`"${wanted}" is no chunk of its own any more.`);
    if (named.some((name) => chunkOf(name) === wanted)) faults.push(`The first screen loads "${wanted}".`);
  }
  return { files, total, faults };
}

/** `assets/de-VhqGCLrj.js` → `de`: Vite's hash has eight characters, a hyphen among them at times. */
const chunkOf = (name) => /^assets\/(.+)-[\w-]{8}\.(?:js|css)$/.exec(name)?.[1];
