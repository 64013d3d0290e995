import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';

/**
 * Which tests there are in files of the repository. Vitest collects its own, so that the titles of tables are the real
 * ones; those of Playwright are read from the source, since collecting them needs a built host.
 * @param {string} root
 * @param {readonly string[]} files from the root
 * @returns whole titles by file, groups joined by " > "; a file that is not there has none
 */
export async function listTests(root, files) {
  const specs = files.filter((file) => /\.spec\.tsx?$/.test(file));
  const collected = await collect(
    root,
    files.filter((file) => !specs.includes(file)),
  );
  for (const file of specs) collected.set(file, await titlesIn(resolve(root, file)));
  return collected;
}

async function collect(root, files) {
  const folder = await mkdtemp(join(tmpdir(), 'tests-'));
  try {
    const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
    const list = join(folder, 'list.json');
    await promisify(execFile)(process.execPath, [vitest, 'list', `--json=${list}`, ...files], {
      cwd: root,
      maxBuffer: 1 << 26,
    });
    const titles = new Map();
    for (const { name, file } of JSON.parse(await readFile(list, 'utf8')))
      titles.set(relative(root, file), [...(titles.get(relative(root, file)) ?? []), name]);
    return titles;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first argument of every `test(…)` in a file; what a template fills in is `…`. */
async function titlesIn(file) {
  const text = await readFile(file, 'utf8').catch(() => '');
  const titles = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && /^test(?:\.\w+)?$/.test(node.expression.getText(source))) {
      const [title] = node.arguments;
      if (title !== undefined && ts.isStringLiteralLike(title)) titles.push(title.text);
      else if (title !== undefined && ts.isTemplateExpression(title))
        titles.push([title.head.text, ...title.templateSpans.map(({ literal }) => literal.text)].join('…'));
    }
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  visit(source);
  return titles;
}
