// Writes down every member of Electron that the product uses (electron-usage.json), and checks that each is
// implemented by the stand-in or on the release checklist. `--check` compares instead of writing, for CI.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const USAGE = path.join(here, 'electron-usage.json');
const CHECKLIST = path.join(root, 'docs/release-checklist.md');
const PRODUCT = ['src/main', 'src/preload'];
const LISTENING = new Set(['on', 'once', 'off', 'addListener', 'removeListener', 'listenerCount', 'emit']);

const isElectronTypes = (node) => /\/electron\/electron\.d\.ts$/.test(node.getSourceFile().fileName);

/** A program of some folders' sources with the compiler options of a tsconfig. */
function programOf(config, files) {
  const raw = ts.readConfigFile(path.join(root, config), ts.sys.readFile).config;
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    raw,
    ts.sys,
    path.dirname(path.join(root, config)),
  );
  return ts.createProgram(files ?? fileNames, options);
}

/** "Shell.openExternal" for a member of Electron's declarations, by the type that declares it. */
function memberName(checker, node) {
  const symbol = checker.getSymbolAtLocation(node);
  const declaration = symbol?.declarations?.find(isElectronTypes);
  const owner = declaration?.parent?.name?.text;
  return declaration !== undefined && owner !== undefined && !ts.isTypeAliasDeclaration(declaration.parent)
    ? `${owner}.${symbol.name}`
    : undefined;
}

/** "App#second-instance" for `app.on('second-instance', …)`. */
function eventName(checker, call) {
  const callee = call.expression;
  const [event] = call.arguments;
  if (!ts.isPropertyAccessExpression(callee) || !LISTENING.has(callee.name.text)) return undefined;
  if (event === undefined || !ts.isStringLiteralLike(event)) return undefined;
  const symbol = checker.getTypeAtLocation(callee.expression).symbol;
  return symbol?.declarations?.some(isElectronTypes) ? `${symbol.name}#${event.text}` : undefined;
}

/** Every member and event of Electron used in a source file. */
function usedIn(checker, source, add) {
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node)) add(memberName(checker, node.name));
    // `const { shell } = electron`, `({ url, referrer }) => …` given to Electron: fields it hands out.
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const property = checker
        .getTypeAtLocation(node.parent)
        .getProperty((node.propertyName ?? node.name).getText());
      const declaration = property?.declarations?.find(isElectronTypes);
      const owner = declaration?.parent?.name?.text;
      if (owner !== undefined) add(`${owner}.${property.name}`);
    }
    if (ts.isNewExpression(node)) {
      const symbol = checker.getTypeAtLocation(node.expression).symbol;
      if (symbol?.declarations?.some(isElectronTypes)) add(`new ${symbol.name}`);
    }
    if (ts.isCallExpression(node)) add(eventName(checker, node));
    ts.forEachChild(node, visit);
  };
  visit(source);
}

function productFiles() {
  const isSource = (name) =>
    /\.ts$/.test(name) && !/\.(test|d)\.ts$/.test(name) && !name.includes('testing/');
  return PRODUCT.flatMap((folder) => {
    const absolute = path.join(root, folder);
    if (!fs.existsSync(absolute)) return [];
    return fs
      .readdirSync(absolute, { recursive: true })
      .filter(isSource)
      .map((name) => path.join(absolute, name));
  });
}

/** What the product uses, sorted. Members of plain option and event objects are Electron's data, not its doing. */
export function collectUsage(files = productFiles()) {
  const program = programOf('src/preload/tsconfig.json', [
    ...files,
    path.join(here, 'src/electron-types.d.ts'),
  ]);
  const checker = program.getTypeChecker();
  const used = new Set();
  const wanted = new Set(files);
  for (const source of program.getSourceFiles()) {
    if (!wanted.has(source.fileName)) continue;
    usedIn(checker, source, (name) => {
      if (name !== undefined) used.add(name);
    });
  }
  return [...used].sort();
}

/**
 * What the stand-in has, as its own types say: each class names its members in `implements Pick<Electron.X, …>`,
 * each object in `satisfies Pick<Electron.X, …>`.
 */
export function collectImplemented() {
  const program = programOf('e2e/tsconfig.json');
  const checker = program.getTypeChecker();
  const implemented = new Set();
  const takePick = (node) => {
    if (!(ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node))) return;
    const name = ts.isTypeReferenceNode(node) ? node.typeName.getText() : node.expression.getText();
    const [subject, keys] = node.typeArguments ?? [];
    if (name !== 'Pick' || keys === undefined) return;
    const owner = /(?:^|\s)Electron\.(\w+)$/.exec(subject.getText())?.[1];
    const keyType = checker.getTypeFromTypeNode(keys);
    const members = keyType.isUnion() ? keyType.types : [keyType];
    for (const member of members)
      if (owner && member.isStringLiteral()) implemented.add(`${owner}.${member.value}`);
  };
  for (const source of program.getSourceFiles()) {
    if (!source.fileName.startsWith(path.join(here, 'src/')) || source.fileName.endsWith('.test.ts'))
      continue;
    const visit = (node) => {
      takePick(node);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return implemented;
}

/** Names in the checklist's first column, in backquotes. */
export function checklistNames(text) {
  return new Set([...text.matchAll(/`((?:new )?[A-Z]\w*(?:[.#][\w-]+)?)`/g)].map(([, name]) => name));
}

/** Electron's event emitter methods, which every object here has by being one. */
const EMITTER = new Set([...LISTENING, 'removeAllListeners', 'listeners', 'setMaxListeners']);

/** Entries that are neither implemented nor on the checklist. */
export function unaccounted(usage, implemented, listed) {
  const behaviours = new Set([...implemented].map((name) => name.split('.')[0]));
  return usage.filter((name) => {
    if (listed.has(name)) return false;
    if (name.startsWith('new ')) return !behaviours.has(name.slice(4));
    if (name.includes('#')) return !behaviours.has(name.split('#')[0]);
    const [owner, member] = name.split('.');
    if (EMITTER.has(member) || implemented.has(name)) return false;
    // Options and event details are plain data the stand-in fills; modules and classes are held to their members.
    return /^[A-Z]/.test(owner) && (behaviours.has(owner) || MODULES.has(owner));
  });
}

/** Types of Electron that are modules or live objects; a member of one must be accounted for. */
const MODULES = new Set(
  (
    'AutoUpdater BaseWindow BrowserView ContentTracing CrashReporter DesktopCapturer Dock GlobalShortcut ' +
    'InAppPurchase JumpList MessageChannelMain MessagePortMain NavigationHistory NetLog PowerSaveBlocker ' +
    'PushNotifications ServiceWorkers Cookies Debugger SystemPreferences TouchBar UtilityProcess View ' +
    'WebContentsView WebFrame WebUtils ClientRequest Extensions'
  ).split(' '),
);

function main(check) {
  const usage = collectUsage();
  const text = `${JSON.stringify(usage, null, 2)}\n`;
  const before = fs.existsSync(USAGE) ? fs.readFileSync(USAGE, 'utf8') : '';
  const problems = [];
  if (check && before !== text) {
    const old = new Set(before === '' ? [] : JSON.parse(before));
    for (const name of usage) if (!old.has(name)) problems.push(`${name} is used and not in the inventory`);
    for (const name of old)
      if (!usage.includes(name)) problems.push(`${name} is in the inventory and no longer used`);
    problems.push('run "node e2e/electron-stand-in/inventory.mjs" and review the difference');
  }
  if (!check) fs.writeFileSync(USAGE, text);
  const listed = checklistNames(fs.readFileSync(CHECKLIST, 'utf8'));
  for (const name of unaccounted(usage, collectImplemented(), listed)) {
    problems.push(`${name} is neither implemented by the stand-in nor on docs/release-checklist.md`);
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${usage.length} members of Electron in use, each implemented here or on the checklist`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.includes('--check'));
