import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { channelOf, pipeName, type Pipe } from '../contract/pipe';

/** Names in the contract table are plain words; anything else cannot be a channel of ours. */
const plainWord = /^[A-Za-z]+$/;

function channel(name: unknown): string {
  if (typeof name !== 'string' || !plainWord.test(name)) throw new TypeError('Not a name of the contract.');
  return channelOf(name);
}

/**
 * The page's only door. It can reach nothing outside our channels, and a listener gets the payload alone: the IPC
 * event object carries `sender`, with which a page could reach every channel there is.
 */
const pipe: Pipe = {
  async invoke(command, input) {
    return (await ipcRenderer.invoke(channel(command), input)) as unknown;
  },
  subscribe(event, listener) {
    const name = channel(event);
    const forward = (_event: IpcRendererEvent, payload: unknown) => {
      listener(payload);
    };
    ipcRenderer.on(name, forward);
    return () => {
      ipcRenderer.off(name, forward);
    };
  },
};

contextBridge.exposeInMainWorld(pipeName, pipe);
