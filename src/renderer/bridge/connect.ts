import type { EventName, EventPayload } from '../../contract/bridge';
import type { Pipe } from '../../contract/pipe';
import { commandClient } from './client';
import { CommandRunner } from './command-runner';
import { ViewStore } from './view-store';

/** What the page knows of main: the view it shows and the commands it sends. */
export interface Bridge {
  readonly view: ViewStore;
  readonly commands: CommandRunner;
  /** Calls back for each event of that name; returns the function that stops it. */
  readonly onEvent: <K extends EventName>(
    event: K,
    listener: (payload: EventPayload<K>) => void,
  ) => () => void;
}

/** Connects the page to main through the preload's pipe. */
export function connect(pipe: Pipe): Bridge {
  const client = commandClient(pipe);
  const view = new ViewStore({
    readView: () => client.readView(),
    onPatch: (listener) => onEvent(pipe, 'viewPatch', listener),
  });
  const commands = new CommandRunner(client);
  view.onRegistryChange((before, after) => {
    const id = (after ?? before)?.id;
    const sameSession = JSON.stringify(before?.session) === JSON.stringify(after?.session);
    if (id !== undefined && !sameSession) commands.clear(id);
  });
  view.connect();
  return { view, commands, onEvent: (event, listener) => onEvent(pipe, event, listener) };
}

function onEvent<K extends EventName>(
  pipe: Pick<Pipe, 'subscribe'>,
  event: K,
  listener: (payload: EventPayload<K>) => void,
): () => void {
  return pipe.subscribe(event, (payload) => {
    listener(payload as EventPayload<K>);
  });
}
