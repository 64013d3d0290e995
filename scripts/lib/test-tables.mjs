// Reads tables that map inputs to the tests that hold them, as in docs/hostile-inputs.md:
//
//   | input | code | test |
//   | ----- | ---- | ---- |
//   | …     | …    | `identity/x.test.ts`: group > title<br>another title<br>`e2e/specs/y.spec.ts`: title with […] |
//
// References stand apart by `<br>`; one without a file belongs to the file before it, and a file alone stands for all of
// its tests. A title may leave out the groups it is in; `[…]` in it stands for any text. Files are below `src/main/`, or
// below the repository where they begin with a folder of it.

const folders = /^(?:e2e|scripts|src)\//;
const reference = /^(?:`([^`]+\.(?:test|spec)\.tsx?)`)?(?:: )?(.*)$/s;

/**
 * @param {string} markdown
 * @returns the rows of every table with three columns, without their heads
 */
export function rowsOf(markdown) {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells) => cells.length === 5)
    .map(([, input = '', codes = '', tests = '']) => ({ input, codes, tests }))
    .filter(({ input, tests }) => input !== 'input' && !/^-+$/.test(tests));
}

/**
 * @param {string} cell the tests of one row
 * @returns each file from the repository's root, the title as written, and as a pattern for whole titles
 */
export function namedTests(cell) {
  let file = '';
  return cell
    .split('<br>')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      const [, path, title = ''] = reference.exec(text) ?? [];
      if (path !== undefined) file = folders.test(path) ? path : `src/main/${path}`;
      return { file, text: title, title: patternOf(title === '' ? '[…]' : title) };
    });
}

/** @param {string} title with `\|` for a bar, as a table needs it */
function patternOf(title) {
  const parts = title.replaceAll('\\|', '|').split('[…]');
  return new RegExp(
    `^(?:.* > )?${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*')}$`,
    's',
  );
}
