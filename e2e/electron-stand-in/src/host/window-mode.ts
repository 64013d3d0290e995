/** What decides whether a person sees a window. */
export interface WindowModeInput {
  readonly env: Readonly<Partial<Record<string, string>>>;
  readonly switches: ReadonlyMap<string, string>;
}

/**
 * A real window needs a display, no `--hidden`, and nobody testing: specs set STAND_IN_HEADLESS=1 so that a
 * developer's screen stays quiet. STAND_IN_HEADLESS=0 is for looking at a spec while it runs.
 */
export function isHeadless({ env, switches }: WindowModeInput): boolean {
  if (switches.has('hidden')) return true;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return true;
  return env['STAND_IN_HEADLESS'] === '1';
}
