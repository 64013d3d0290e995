import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { codes } from '../src/contract/codes';
import { helpSectionOf, helpSections } from '../src/contract/help-sections';

const guide = readFileSync(resolve(import.meta.dirname, '../docs/support.md'), 'utf8');

/** The text of each section, by its anchor. */
const sections = new Map(
  guide
    .split(/^<a id="/m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('"')), text] as const),
);

test('the guide has just the sections that the app links to', () => {
  expect([...sections.keys()]).toEqual([...helpSections]);
});

test.each(helpSections)('section %s tells what is seen, where the cause is named, and the cure', (name) => {
  for (const part of ['**What a person sees.**', '**Where the cause is named.**', '**Cure.**', 'Codes: '])
    expect(sections.get(name)).toContain(part);
});

test('every code stands in its section and in no other list of codes', () => {
  expect(Object.keys(helpSectionOf).sort()).toEqual(Object.keys(codes).sort());
  for (const [code, name] of Object.entries(helpSectionOf)) {
    const listed = [...sections].filter(([, text]) =>
      text.includes(`[${code}](errors.md#${code.toLowerCase()})`),
    );
    expect(
      listed.map(([section]) => section),
      code,
    ).toEqual([name]);
  }
});
