import type { RegistryForm, SignInSaid as SaidToPage } from '../../contract/registry-form';
import { failure, type Result } from '../base/failure';
import { entryOfForm, readEntry, type RegistryEntry, type UserFile } from '../config';
import type { RegistryAddress, SignInOffer, SignInSaid } from '../registry';
import { hostIn } from './form-facts';
import { atItsField, fieldProblem } from './form-fields';

interface Services {
  readonly userFile: Pick<UserFile, 'checkRegistry'>;
  readonly configurationFile: string;
  /** Asks the registry itself; see {@link discoverAuth}. */
  readonly ask: (registry: RegistryAddress, signal: AbortSignal) => Promise<Result<SignInSaid>>;
}

/** Finds out how one signs in to the registry of a form of which only the address is filled in. */
export class SignInFinder {
  readonly #services: Services;
  #asking = new AbortController();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Nobody is asked for an address that could not be saved; a newer question cancels this one. */
  async find({ values, replaces }: RegistryForm): Promise<SaidToPage> {
    const { userFile, configurationFile, ask } = this.#services;
    this.cancel();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const entry: RegistryEntry = entryOfForm({ ...values, authType: 'none' });
    const [first, ...more] = readEntry(entry, configurationFile)?.failures ?? [failure('CFG_INVALID')];
    if (first !== undefined)
      return { kind: 'refused', problems: [atItsField(first), ...more.map(atItsField)] };
    const judged = await userFile.checkRegistry(entry, replaces);
    if (!judged.ok) return { kind: 'refused', problems: [atItsField(judged.failure)] };
    const registry = judged.value;
    const said = await ask(registry, signal);
    if (signal.aborted) return { kind: 'cancelled' };
    if (!said.ok) return { kind: 'refused', problems: [fieldProblem(said.failure, 'url')] };
    return inWordsOfForm(said.value, hostIn(registry.url));
  }

  cancel(): void {
    this.#asking.abort();
  }
}

function inWordsOfForm(said: SignInSaid, registryHost: string): SaidToPage {
  switch (said.kind) {
    case 'none-needed':
      return said;
    case 'not-said':
      return { kind: 'not-said', ...(said.reason !== undefined && { problem: said.reason }) };
    case 'offers': {
      const [first, ...more] = said.offers;
      return { kind: 'offers', registryHost, offers: [offerInForm(first), ...more.map(offerInForm)] };
    }
  }
}

const offerInForm = ({ issuer, clientId, scopes, audience, ...more }: SignInOffer) => ({
  issuerHost: hostIn(issuer),
  values: {
    issuer,
    clientId: clientId ?? '',
    scopes: scopes?.join(' ') ?? '',
    audience: audience ?? '',
    audienceParameter: more.audienceParameter,
    callbackHost: more.callbackHost ?? ('automatic' as const),
  },
});
