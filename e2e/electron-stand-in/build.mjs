// Builds the stand-in's executable into dist/: `electron`, and beside it what an Electron distribution has there.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

const here = import.meta.dirname;
const out = path.join(here, 'dist');
const source = (file) => path.join(here, 'src', file);
const electronManifest = createRequire(import.meta.url).resolve('electron/package.json');
const { version } = JSON.parse(fs.readFileSync(electronManifest, 'utf8'));

/** A script that runs inside Chromium, as one expression-free text. */
async function injected(file) {
  const result = await build({
    entryPoints: [source(file)],
    bundle: true,
    format: 'iife',
    target: 'chrome130',
    write: false,
  });
  return result.outputFiles[0].text;
}

/** The names `import { app } from 'electron'` may use: the keys of the object in src/electron/index.ts. */
function exportedNames() {
  const file = source('electron/index.ts');
  const tree = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const names = [];
  const visit = (node) => {
    if (
      ts.isVariableDeclaration(node) &&
      node.name.getText() === 'electron' &&
      ts.isSatisfiesExpression(node.initializer)
    ) {
      for (const property of node.initializer.expression.properties) names.push(property.name.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

fs.mkdirSync(out, { recursive: true });
const [pageWorld, preloadWorld] = await Promise.all([
  injected('injected/page-world.ts'),
  injected('injected/preload-world.ts'),
]);
await build({
  entryPoints: [source('host.ts')],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  outfile: path.join(out, 'host.cjs'),
  sourcemap: 'inline',
  define: {
    INJECTED_PAGE_WORLD: JSON.stringify(pageWorld),
    INJECTED_PRELOAD_WORLD: JSON.stringify(preloadWorld),
    ELECTRON_VERSION: JSON.stringify(version),
  },
});
fs.copyFileSync(path.join(here, 'bin/electron'), path.join(out, 'electron'));
fs.chmodSync(path.join(out, 'electron'), 0o755);
fs.writeFileSync(
  path.join(out, 'electron-main.cjs'),
  'module.exports = globalThis.electronStandIn.electron;\n',
);
fs.writeFileSync(
  path.join(out, 'electron-main.mjs'),
  [
    'const electron = globalThis.electronStandIn.electron;',
    'export default electron;',
    ...exportedNames().map((name) => `export const ${name} = electron.${name};`),
    '',
  ].join('\n'),
);
fs.writeFileSync(path.join(out, 'version'), version);
