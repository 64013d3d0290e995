/**
 * What the preload exposes: a pipe that neither knows nor decides anything. It can only reach channels below
 * {@link channelPrefix}, and only those that the contract table names have a handler in main.
 */
export interface Pipe {
  invoke(command: string, input: unknown): Promise<unknown>;
  /** Calls back for each event of that name; returns the function that stops it. */
  subscribe(event: string, listener: (payload: unknown) => void): () => void;
}

/** The name under which the preload exposes the {@link Pipe} on `window`. */
export const pipeName = 'gatepass';

const channelPrefix = 'gatepass:';

/** The IPC channel of a command or event of the contract table. */
export const channelOf = (name: string): string => channelPrefix + name;
