import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import {
  type CommandHandlers,
  type CommandName,
  commands,
  type EventName,
  type EventPayload,
} from '../../contract/bridge';
import { channelOf } from '../../contract/pipe';
import { appOrigin } from './app-scheme';

/** Thrown to a caller that is not our page, or whose argument is not what the contract says; never shows the argument. */
class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
}

/**
 * Registers one handler per command of the contract table. Each call is checked twice before it reaches its handler:
 * the sender must be the top frame of our own page, and the input must parse.
 * @param isAllowed whether a command may be done, once that is known; one that may not is refused
 */
export function handleCommands(
  handlers: CommandHandlers,
  isAllowed: (name: CommandName) => boolean | Promise<boolean>,
): void {
  for (const name of Object.keys(commands) as CommandName[]) {
    // The compiler cannot follow that schema and handler of one name belong together.
    const handle = handlers[name] as (input: unknown) => Promise<unknown>;
    ipcMain.handle(channelOf(name), async (event, input: unknown) => {
      if (!isOurPage(event)) throw new RefusedCall(`${name}: not called by the app's own page`);
      const parsed = commands[name].input.safeParse(input);
      if (!parsed.success) throw new RefusedCall(`${name}: the input is not what the contract says`);
      if (!(await isAllowed(name))) throw new RefusedCall(`${name}: the app has stopped`);
      return handle(parsed.data);
    });
  }
}

/** True for the top frame of a page of our own origin; a frame that is gone by now has no origin to check. */
function isOurPage(event: Pick<IpcMainInvokeEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null) return false;
  return frame.origin === appOrigin;
}

/** Pushes an event of the contract table to one window's page, if it still exists. */
export function pushEvent<K extends EventName>(to: WebContents, name: K, payload: EventPayload<K>): void {
  if (!to.isDestroyed()) to.send(channelOf(name), payload);
}
