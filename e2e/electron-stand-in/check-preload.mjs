// Proves that the built preload is what Electron's sandbox can load: one CommonJS file that requires only 'electron'
// and makes no code from text. Usage: node check-preload.mjs [file], default out/preload/preload.cjs.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const DEFAULT = 'out/preload/preload.cjs';

/** What is wrong with a preload's source, as sentences with line numbers; empty when nothing is. */
export function preloadProblems(source, fileName = 'preload.cjs') {
  const tree = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const problems = tree.parseDiagnostics.map(({ messageText }) => `syntax error: ${messageText}`);
  const report = (node, problem) => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    problems.push(`line ${line + 1}: ${problem}`);
  };
  const visitCall = (node) => {
    const callee = node.expression;
    if (callee.kind === ts.SyntaxKind.ImportKeyword) report(node, 'import() loads another file');
    if (!ts.isIdentifier(callee)) return;
    if (callee.text === 'eval') report(node, 'eval() makes code from text');
    if (callee.text === 'Function') report(node, 'Function() makes code from text');
    if (callee.text !== 'require') return;
    const [name] = node.arguments ?? [];
    const isElectron = name !== undefined && ts.isStringLiteralLike(name) && name.text === 'electron';
    if (!isElectron) report(node, `require(${name?.getText() ?? ''}) is not require('electron')`);
  };
  const visit = (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) visitCall(node);
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isExportAssignment(node)) {
      report(node, 'ES module syntax in a CommonJS file');
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      report(node, 'import.meta in a CommonJS file');
    }
    if (
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    ) {
      report(node, 'ES module syntax in a CommonJS file');
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return problems;
}

/** The same for a built file, which must also be the only script of its folder. */
export function preloadFileProblems(file) {
  if (!fs.existsSync(file)) return [`${file} does not exist: run "npm run build"`];
  const folder = path.dirname(file);
  const others = fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => /\.[cm]?js$/.test(name) && name !== path.basename(file));
  return [
    ...others.map((name) => `${path.join(folder, name)}: a second script; a sandboxed preload is one file`),
    ...preloadProblems(fs.readFileSync(file, 'utf8'), file),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2] ?? DEFAULT;
  const problems = preloadFileProblems(file);
  for (const problem of problems) console.error(`${file}: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${file}: one CommonJS file that requires only 'electron'`);
}
