import { Script } from 'node:vm';
import fc from 'fast-check';
import { codes } from '../../../contract/codes';

/** Longest time for one input, in milliseconds: a thousand times what a parser needs, and short for one that hangs. */
const usualLimitMs = 5_000;

export interface HarmlessOptions {
  /** Default 1,000, or as many as fit into 2.5 s: a busy machine tries fewer, not longer. */
  readonly numRuns?: number;
  readonly limitMs?: number;
}

/**
 * What holds for every parser of what others write, whatever it is given: it ends, within a time; it does not throw; it
 * leaves the prototypes of everything alone; and what it refuses has a code of the catalogue.
 * @param parse gives the code of a refusal; more may be expected of the result in it
 */
export function assertHarmless<Input>(
  inputs: fc.Arbitrary<Input>,
  parse: (input: Input) => string | undefined,
  { numRuns = 1_000, limitMs = usualLimitMs }: HarmlessOptions = {},
): void {
  const before = prototypes();
  const property = fc.property(inputs, (input) => {
    const code = withinTime(() => parse(input), limitMs);
    if (code !== undefined && !Object.hasOwn(codes, code)) throw new Error(`${code} is no code`);
    if (prototypes() !== before) throw new Error(`A prototype was changed: ${prototypes()}`);
  });
  fc.assert(property, { numRuns, interruptAfterTimeLimit: 2_500 });
}

const doorName = 'gatepassHarmlessWork';
const door = new Script(`globalThis.${doorName}()`);

/** Only the virtual machine itself can end a loop that never yields; a timer would wait for it. */
function withinTime<T>(work: () => T, timeout: number): T {
  Reflect.set(globalThis, doorName, work);
  try {
    return door.runInThisContext({ timeout }) as T;
  } finally {
    Reflect.deleteProperty(globalThis, doorName);
  }
}

function prototypes(): string {
  const all = [Object, Array, String, Number, Boolean, Function, Map, Set, URL, URLSearchParams];
  return all.map(({ prototype }) => Reflect.ownKeys(prototype).map(String).join()).join('; ');
}
