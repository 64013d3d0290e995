import fs from 'node:fs';
import path from 'node:path';

/** The fields of an app's package.json that Electron reads. */
export interface AppManifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
  readonly type?: string;
}

/** An app as found on disk. */
export interface AppPackage {
  /** What `app.getAppPath()` answers. */
  readonly appPath: string;
  readonly manifest: AppManifest;
  /** Absolute path of the main script. */
  readonly main: string;
  /** True when the main script is an ES module, by its extension or the manifest's `type`. */
  readonly esModule: boolean;
}

function nearestManifestFolder(from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/**
 * Finds the app behind `electron TARGET`, a folder with a package.json or a main script.
 * Throws one sentence when there is none.
 */
export function readAppPackage(target: string): AppPackage {
  const absolute = path.resolve(target);
  if (!fs.existsSync(absolute)) throw new Error(`Unable to find Electron app at ${absolute}`);
  const isFolder = fs.statSync(absolute).isDirectory();
  const folder = nearestManifestFolder(isFolder ? absolute : path.dirname(absolute));
  if (folder === undefined && isFolder)
    throw new Error(`Unable to find Electron app at ${absolute}: no package.json`);
  const manifest: AppManifest =
    folder === undefined
      ? {}
      : (JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as AppManifest);
  const main = isFolder ? path.join(absolute, manifest.main ?? 'index.js') : absolute;
  if (!fs.existsSync(main)) {
    throw new Error(
      `Unable to find Electron app at ${absolute}: ${main} does not exist (was the app built?)`,
    );
  }
  return {
    appPath: isFolder ? absolute : (folder ?? path.dirname(absolute)),
    manifest,
    main,
    esModule: main.endsWith('.mjs') || (manifest.type === 'module' && !main.endsWith('.cjs')),
  };
}
