import { readFileSync } from 'node:fs';
import { parsers } from 'prettier/plugins/markdown';

const name = 'virtual:support-guide';

/** A Vite plugin: the module `virtual:support-guide` is this Markdown file, read while the page is built. */
export function supportGuide(file) {
  return {
    name: 'support-guide',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      this.addWatchFile(file);
      return `export const guide = ${JSON.stringify(readGuide(readFileSync(file, 'utf8')))};`;
    },
  };
}

/** The blocks of a guide in Markdown, without its title. What the page could not show is refused, not left out. */
export function readGuide(markdown) {
  const blocks = [];
  let id;
  for (const node of parsers.markdown.parse(markdown, {}).children) {
    const anchor = anchorOf(node);
    if (anchor !== undefined) id = anchor;
    else if (node.type !== 'heading' || node.depth > 1) {
      blocks.push(blockOf(node, id));
      id = undefined;
    }
  }
  return blocks;
}

/** The name of `<a id="name"></a>` where a paragraph is nothing else. */
function anchorOf({ type, children }) {
  if (type !== 'paragraph' || children.some((child) => child.type !== 'html')) return undefined;
  return /^<a id="([a-z-]+)"><\/a>$/.exec(children.map(({ value }) => value).join(''))?.[1];
}

function blockOf(node, id) {
  switch (node.type) {
    case 'heading':
      return {
        kind: 'heading',
        level: node.depth,
        text: node.children.map(plainText).join(''),
        ...(id && { id }),
      };
    case 'paragraph':
      return { kind: 'paragraph', text: node.children.map(inlineOf) };
    case 'code':
      return { kind: 'code', text: node.value };
    default:
      throw new Error(`The support guide has a ${node.type}, which the app cannot show.`);
  }
}

function inlineOf(node) {
  switch (node.type) {
    case 'strong':
      return { kind: 'strong', text: plainText(node) };
    case 'inlineCode':
      return { kind: 'code', text: node.value };
    default:
      return { kind: 'text', text: plainText(node) };
  }
}

/** A link is its words: the page opens no other documents. */
function plainText(node) {
  if (node.type === 'text') return node.value;
  if (node.type === 'link' || node.type === 'strong') return node.children.map(plainText).join('');
  throw new Error(`The support guide has a ${node.type}, which the app cannot show.`);
}
