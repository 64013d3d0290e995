import { session } from 'electron';

/** How the system says a URL is reached: the list of a proxy auto-configuration, e.g. `PROXY host:port; DIRECT`. */
export const systemProxy = (url: string): Promise<string> => session.defaultSession.resolveProxy(url);
