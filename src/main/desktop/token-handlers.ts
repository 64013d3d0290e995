import type { Clipboard } from 'electron';
import type { CommandHandlers } from '../../contract/bridge';
import type { BearerTokens } from '../registry';
import { outcome } from './outcome';

/** The commands about tokens that a person gives to the app. */
export function tokenHandlers(
  tokens: Pick<BearerTokens, 'store' | 'remove'>,
  clipboard: Pick<Clipboard, 'readText' | 'clear'>,
): Pick<CommandHandlers, 'useTokenOnClipboard' | 'removeToken'> {
  return {
    useTokenOnClipboard: async ({ registryId }) => {
      const stored = await tokens.store(registryId, await clipboard.readText());
      // What was no token is left there: it may be something the person still needs.
      if (stored.ok) clipboard.clear();
      return outcome(stored);
    },
    removeToken: async ({ registryId }) => outcome(await tokens.remove(registryId)),
  };
}
