import type { Plugin } from 'vite';

/** A Vite plugin: the module `virtual:support-guide` is this Markdown file, read while the page is built. */
export declare function supportGuide(file: string): Plugin;

/**
 * The blocks of a guide in Markdown, without its title, as src/renderer/guide/support-guide.d.ts has them. Throws on
 * what the page could not show.
 */
export declare function readGuide(markdown: string): readonly object[];
