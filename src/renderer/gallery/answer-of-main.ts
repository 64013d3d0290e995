import type { CommandInput, Outcome } from '../../contract/bridge';
import type { RegistryForm } from '../../contract/registry-form';
import { theDetails } from '../testing/server-views';
import { someComputerFacts } from '../testing/support-views';
import { check, redirectUri, said, written } from './form-answers';
import { changedIssuers, lookalike } from './question-scene';
import { keptRecords, report, selfTest } from './recovery-answers';
import { serversOf } from './server-answers';
import { activity, signedInFacts } from './support-answers';

/** What the gallery's main answers to a command, besides the view. */
export function answerOfMain(command: string, input: unknown): Promise<unknown> {
  return Promise.resolve(answer(command, input));
}

function answer(command: string, input: unknown): unknown {
  switch (command) {
    case 'readRegistryFacts':
      return { facts: signedInFacts(Date.now()) };
    case 'readComputerFacts':
      return someComputerFacts();
    case 'readActivity':
      return activity(Date.now());
    case 'readSelfTest':
      return { run: selfTest(Date.now()) };
    case 'readKept':
      return keptRecords(Date.now());
    case 'makeReport':
    case 'readReport':
      return { text: report };
    case 'readServers':
      return serversOf(input as { registryId: string });
    case 'readServer':
      return { server: theDetails() };
    case 'previewRegistryForm':
      return { redirectUri, offersPrivateNetwork: false };
    case 'readRegistryForm':
      return { ok: true, values: written };
    case 'askHowToSignIn':
      return said((input as RegistryForm).values);
    case 'checkRegistryForm':
      return check(input as RegistryForm);
    case 'signIn':
      return signIn(input as CommandInput<'signIn'>);
    default:
      return { ok: true };
  }
}

/** Refused as main refuses it, until it is confirmed. */
function signIn({ registryId, confirmed }: CommandInput<'signIn'>): Outcome {
  const problem = questions.find(({ id }) => id === registryId)?.beforeSignIn;
  return problem === undefined || confirmed !== undefined ? { ok: true } : { ok: false, problem };
}

const questions = [...lookalike, ...changedIssuers].filter(
  ({ beforeSignIn }) => beforeSignIn?.code !== 'CFG_POLICY_ISSUER_CHANGED',
);
