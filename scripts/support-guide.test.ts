import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { codes } from '../src/contract/codes';
import { helpSectionOf, helpSections } from '../src/contract/help-sections';
import { readGuide } from './lib/support-guide.mjs';

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

test('the app has the guide as headings with their names, paragraphs and commands', () => {
  expect(
    readGuide(
      [
        '# Guide',
        'Read **this** and [that](errors.md), or `x`.',
        '```sh\nrun it\n```',
        '<a id="the-port"></a>\n\n## The port',
        '### Below it',
      ].join('\n\n'),
    ),
  ).toEqual([
    {
      kind: 'paragraph',
      text: [
        { kind: 'text', text: 'Read ' },
        { kind: 'strong', text: 'this' },
        { kind: 'text', text: ' and ' },
        { kind: 'text', text: 'that' },
        { kind: 'text', text: ', or ' },
        { kind: 'code', text: 'x' },
        { kind: 'text', text: '.' },
      ],
    },
    { kind: 'code', text: 'run it' },
    { kind: 'heading', level: 2, text: 'The port', id: 'the-port' },
    { kind: 'heading', level: 3, text: 'Below it' },
  ]);
});

test.each(['![a picture](a.png)', '| a |\n| - |', '<script>x()</script>', 'Some <b>words</b>.'])(
  'what the app cannot show ends the build instead of being left out: %s',
  (markdown) => {
    expect(() => readGuide(markdown)).toThrow('cannot show');
  },
);
