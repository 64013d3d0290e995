import Module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const NAMES = ['electron', 'electron/main', 'electron/common'];

interface ResolveContext {
  readonly conditions?: readonly string[];
}
interface Resolved {
  url: string;
  format?: string;
  shortCircuit?: boolean;
}
/** The parts of Node's module loader that older type declarations lack or hide. */
interface ModuleLoader {
  _resolveFilename(id: string, ...rest: unknown[]): string;
  registerHooks?(hooks: {
    resolve(
      id: string,
      context: ResolveContext,
      next: (id: string, context: ResolveContext) => Resolved,
    ): Resolved;
  }): void;
  register(specifier: string): void;
}

/**
 * Makes `require('electron')` and `import 'electron'` find the stand-in's two small modules beside the host.
 * Synchronous hooks exist since Node 22.15; before, an off-thread hook does the same for ES modules.
 */
export function provideElectronModule(folder: string): void {
  const commonjs = path.join(folder, 'electron-main.cjs');
  const esmodule = pathToFileURL(path.join(folder, 'electron-main.mjs')).href;
  const loader: ModuleLoader = Module as typeof Module & ModuleLoader;
  const resolveFilename = loader._resolveFilename.bind(loader);
  loader._resolveFilename = (id, ...rest) => (NAMES.includes(id) ? commonjs : resolveFilename(id, ...rest));
  if (loader.registerHooks) {
    loader.registerHooks({
      resolve(id, context, next) {
        if (!NAMES.includes(id)) return next(id, context);
        const required = context.conditions?.includes('require') === true;
        return {
          url: required ? pathToFileURL(commonjs).href : esmodule,
          format: required ? 'commonjs' : 'module',
          shortCircuit: true,
        };
      },
    });
    return;
  }
  const hook =
    `const names = ${JSON.stringify(NAMES)};` +
    `export function resolve(id, context, next) { return names.includes(id)` +
    ` ? { url: ${JSON.stringify(esmodule)}, format: 'module', shortCircuit: true } : next(id, context); }`;
  loader.register(`data:text/javascript,${encodeURIComponent(hook)}`);
}
