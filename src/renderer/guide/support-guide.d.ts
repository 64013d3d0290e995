/** docs/support.md as it was when the page was built: see scripts/lib/support-guide.mjs. */
declare module 'virtual:support-guide' {
  /** Words in one type. */
  export interface GuideWords {
    readonly kind: 'text' | 'strong' | 'code';
    readonly text: string;
  }

  /** What the guide is made of, in its order. `id` is the name that links to a section. */
  export type GuideBlock =
    | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string; readonly id?: string }
    | { readonly kind: 'paragraph'; readonly text: readonly GuideWords[] }
    | { readonly kind: 'code'; readonly text: string };

  export const guide: readonly GuideBlock[];
}
