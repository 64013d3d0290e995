/**
 * A Vite plugin: the built code is ASCII. V8 keeps a program's text for as long as it runs, at two bytes for each character
 * as soon as one of them is beyond Latin-1, such as a quotation mark in a comment of a library.
 */
export function oneByteText() {
  return {
    name: 'one-byte-text',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = inAscii(file.code);
    },
  };
}

/** The same program: in strings, templates and regular expressions `\uXXXX` is the character, also of one that was escaped. */
export const inAscii = (code) =>
  code.replaceAll(/\\[^]|[\u0080-\uffff]/g, (found) => {
    const unit = found.charCodeAt(found.length - 1);
    return unit < 0x80 ? found : `\\u${unit.toString(16).padStart(4, '0')}`;
  });
