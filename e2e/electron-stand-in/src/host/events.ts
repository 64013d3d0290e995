/** The first argument of Electron's events: `preventDefault()` and its outcome. */
export interface ElectronEvent {
  preventDefault(): void;
  readonly defaultPrevented: boolean;
}

/** A fresh event, optionally with more fields (`url`, `frame` …). */
export function createEvent<Fields extends object>(fields?: Fields): ElectronEvent & Fields;
export function createEvent(fields: object = {}): ElectronEvent {
  let prevented = false;
  return Object.defineProperties(
    { ...fields },
    {
      preventDefault: {
        enumerable: true,
        value: () => {
          prevented = true;
        },
      },
      defaultPrevented: { enumerable: true, get: () => prevented },
    },
  ) as ElectronEvent;
}
