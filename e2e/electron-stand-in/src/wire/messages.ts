/** What the isolated world tells the host through its binding; `payload` is an encoded argument list. */
export type PreloadMessage =
  | { readonly kind: 'send'; readonly channel: string; readonly payload: string }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly payload: string }
  | { readonly kind: 'permission'; readonly id: number; readonly permission: string }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'preload-error'; readonly message: string };

/** What the host tells the isolated world. */
export type HostMessage =
  | { readonly kind: 'event'; readonly channel: string; readonly payload: string }
  | { readonly kind: 'result'; readonly id: number; readonly payload: string }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string };

/** The function DevTools binds in the isolated world, and the global the host calls there. */
export const BINDING = '__electron_stand_in_send';
export const RECEIVER = '__electron_stand_in';

/** Values the host writes in front of the injected scripts. */
export interface InjectedSettings {
  /** Names the events of the bridge; unknown to the page, which cannot forge them. */
  readonly token: string;
  readonly argv: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly arch: string;
}
