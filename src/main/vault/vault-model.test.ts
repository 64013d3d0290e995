import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '../base/secret';
import type { RefreshTicket } from './refresh-ticket';
import { valueOf } from './testing/results';
import { faultyDisk } from './testing/faulty-disk';
import { engineering, finance, testProfile } from './testing/test-vault';
import type { Vault } from './vault';

/** Anything a session can live through, in any order. */
type Step =
  | { readonly do: 'store' | 'begin' | 'commit' | 'withdraw' | 'end' | 'remove' | 'wait' | 'restart' }
  | { readonly do: 'lock' | 'unlock' }
  | {
      readonly do: 'break';
      readonly kind: 'write' | 'sync' | 'rename' | 'syncFolder';
      readonly code: 'ENOSPC' | 'EIO';
    }
  | { readonly do: 'repair' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Step>({ do: 'begin' }, { do: 'commit' }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<Step['do']>('store', 'withdraw', 'end', 'remove', 'wait', 'restart', 'lock')
      .map((name): Step => ({ do: name }) as Step),
  },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ do: 'unlock' }, { do: 'repair' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('break' as const),
      kind: fc.constantFrom('write' as const, 'sync' as const, 'rename' as const, 'syncFolder' as const),
      code: fc.constantFrom('ENOSPC' as const, 'EIO' as const),
    }),
  },
);

/**
 * What the provider knows: which token is the newest of the session that is signed in, and which were replaced. Tokens
 * are numbered in the order in which they came.
 */
interface Truth {
  newest: number | undefined;
  replaced: Set<number>;
}

test('whatever happens in whatever order, no replaced token is handed out while the app runs, and no current one is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const profile = testProfile();
      const disk = faultyDisk();
      let vault: Vault = await profile.open({ disk, keyRetryAfterMs: 0 });
      await vault.store(finance, {}, new Secret('token-of-finance'));
      const truth: Truth = { newest: undefined, replaced: new Set() };
      let ticket: RefreshTicket | undefined;
      let next = 1;

      const mayBeHanded = (token: Secret) => {
        const number = Number(token.reveal().split('-')[1]);
        expect(truth.replaced, `token ${number} was replaced`).not.toContain(number);
        expect(number).toBe(truth.newest);
      };
      for (const { do: action, ...detail } of steps) {
        switch (action) {
          case 'store':
            // A new sign-in is a new grant: the one of before is not replaced at the provider, only forgotten here.
            ticket = undefined;
            truth.newest = next;
            await vault.store(engineering, {}, new Secret(`token-${next}`));
            next += 1;
            break;
          case 'begin': {
            const begun = await vault.beginRefresh(engineering);
            if (!begun.ok) {
              // Sent twice without a word on it: given up, as it may not be sent a third time.
              if (begun.failure.code === 'SESSION_INTERRUPTED')
                [ticket, truth.newest] = [undefined, undefined];
              break;
            }
            expect(begun.value.attempt).toBeLessThanOrEqual(2);
            ticket = begun.value;
            mayBeHanded(ticket.refreshToken);
            expect(ticket.attempt).toBeGreaterThan(0);
            break;
          }
          case 'commit':
            if (ticket === undefined || truth.newest === undefined) break;
            truth.replaced.add(truth.newest);
            truth.newest = next;
            await ticket.commit(new Secret(`token-${next}`));
            next += 1;
            break;
          case 'withdraw':
            await ticket?.withdraw();
            break;
          case 'end':
            if (ticket !== undefined) truth.newest = undefined;
            await ticket?.end('SESSION_ENDED');
            ticket = undefined;
            break;
          case 'remove':
            await vault.remove(engineering);
            [ticket, truth.newest] = [undefined, undefined];
            break;
          case 'wait':
            await profile.clock.advance(60_000);
            break;
          case 'restart':
            // An orderly end with a disk and a keychain that work: then nothing at all may be lost.
            disk.fault = () => undefined;
            profile.keychain.fails = undefined;
            await vault.retryKey();
            await vault.close();
            vault = await profile.open({ disk, keyRetryAfterMs: 0 });
            ticket = undefined;
            break;
          case 'lock':
            profile.keychain.fails = 'STORE_LOCKED';
            break;
          case 'unlock':
            profile.keychain.fails = undefined;
            await vault.retryKey();
            break;
          case 'break':
            disk.fault = ({ kind }) => ('kind' in detail && kind === detail.kind ? detail.code : undefined);
            break;
          case 'repair':
            disk.fault = () => undefined;
        }
        const opened = await vault.open(engineering);
        if (opened.ok) mayBeHanded(opened.value);
        else if (truth.newest !== undefined)
          expect(opened.failure.code).toMatch(/^STORE_(LOCKED|FULL|WRITE_FAILED)$/);
      }
      // In the end everything works again: what is signed in is there, also for the next start, and nothing else is.
      disk.fault = () => undefined;
      profile.keychain.fails = undefined;
      await vault.retryKey();
      await vault.close();
      const last = await profile.open();
      const opened = await last.open(engineering);
      expect(opened.ok ? opened.value.reveal() : undefined).toBe(
        truth.newest === undefined ? undefined : `token-${truth.newest}`,
      );
      const other = await last.open(finance);
      expect(other.ok && other.value.reveal()).toBe('token-of-finance');
      expect(valueOf(await last.listSetAside())).toEqual([]);
    }),
    { numRuns: 150 },
  );
}, 120_000);
