import type { IpcMainStandIn } from '../electron/ipc-main';
import { decode, encode } from '../wire/codec';
import type { HostMessage, PreloadMessage } from '../wire/messages';

type Invoke = Extract<PreloadMessage, { kind: 'invoke' }>;

/** Electron's `error.toString()`, also for what is not an error. */
const errorText = (error: unknown): string => (error instanceof Error ? error.toString() : String(error));

/**
 * Answers one `ipcRenderer.invoke` as Electron does: the first emitter with a handler serves it, and the error of
 * a handler reaches the page as text only.
 */
export async function answerInvoke(
  message: Invoke,
  event: Electron.IpcMainInvokeEvent,
  emitters: readonly IpcMainStandIn[],
): Promise<HostMessage> {
  const { id, channel } = message;
  const handler = emitters.map((emitter) => emitter.handlerOf(channel)).find((found) => found !== undefined);
  try {
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const args = decode(message.payload) as unknown[];
    return { kind: 'result', id, payload: encode(await handler(event, ...args)) };
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    return { kind: 'failure', id, message: `Error invoking remote method '${channel}': ${errorText(error)}` };
  }
}
