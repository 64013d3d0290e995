import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test, vi } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../../../e2e/servers/identity-provider';
import type { Rotation } from '../../../e2e/servers/identity-provider/options';
import { tokenIn, valueOf } from '../vault/testing/results';
import { recordNameOf } from '../vault/session-key';
import { bystander, type CrashProfile, crashProfile } from './testing/crash-profile';
import { type KillPoint, killPoints, narrowPoints } from './testing/kill-points';

vi.setConfig({ testTimeout: 240_000 });

const kinds = ['strict', 'grace', 'none'] as const satisfies readonly Rotation[];

interface Cell {
  readonly outcome: string;
  /** How often the token that was held before the kill was sent in all. */
  readonly sent: number;
}
const matrix = new Map<string, Cell>();
const cellOf = (point: KillPoint, kind: Rotation) => `${point} ${kind}`;

async function setUp(kind: Rotation) {
  const provider = await startIdentityProvider({
    name: 'Acme',
    rotation: kind,
    clients: [{ clientId: 'gatepass', redirectUris: ['http://127.0.0.1/callback'] }],
  });
  const profile = await crashProfile(provider.issuer);
  await profile.signIn();
  return { provider, profile };
}

/** The refresh token that a start of the app finds; opening it is a test of its own. */
async function heldToken(profile: CrashProfile): Promise<string> {
  const vault = await profile.openVault();
  const token = tokenIn(await vault.open(profile.key));
  expect(valueOf(await vault.listSetAside())).toEqual([]);
  await vault.close();
  return token;
}

const fileOfBystander = ({ folder }: CrashProfile): string =>
  join(folder, 'sessions', `${recordNameOf(bystander)}.session`);

/** What holds after every kill and every recovery. */
function checkFiles(profile: CrashProfile, provider: IdentityProvider, untouched: string): void {
  const files = profile.files();
  expect(files.get(fileOfBystander(profile))).toBe(untouched);
  for (const [path, content] of files) {
    expect(content, path).not.toContain('canary');
    for (const { value } of provider.issued) expect(content, path).not.toContain(value);
  }
}

/** A start of the app after a kill: refreshes twice, and says how the session is and what came of it. */
async function recover(profile: CrashProfile): Promise<string[]> {
  const next = profile.start(2);
  expect(await next.ended).toBeNull();
  return next.said();
}

describe.each(kinds)('killed at each instant of a refresh at a provider of kind "%s"', (kind) => {
  test('the session is recovered, and lost only where it cannot be helped', async () => {
    const { provider, profile } = await setUp(kind);
    const untouched = profile.files().get(fileOfBystander(profile)) ?? expect.unreachable('no bystander');
    for (const point of killPoints) {
      const before = await heldToken(profile);
      const sentBefore = provider.timesPresented(before);
      const victim = profile.start(1, point);
      expect(await victim.ended, `${point} is reached`).toBe('SIGKILL');
      checkFiles(profile, provider, untouched);
      await heldToken(profile);

      const [state, first, second] = await recover(profile);
      const isLost = kind === 'strict' && narrowPoints.includes(point);
      expect(state, point).toBe('signed-in');
      expect([first, second], point).toEqual(
        isLost ? ['SESSION_INTERRUPTED', 'REGISTRY_AUTH_REQUIRED'] : ['ok', 'ok'],
      );
      const sent = provider.timesPresented(before) - sentBefore;
      // A provider that never replaces a token is given it in every refresh, so the two of the recovery are counted too.
      matrix.set(cellOf(point, kind), { outcome: first ?? '', sent: kind === 'none' ? sent - 1 : sent });
      if (kind !== 'none') expect(sent, point).toBeLessThanOrEqual(2);
      checkFiles(profile, provider, untouched);
      if (isLost) await profile.signIn();
    }
    await provider.close();
  });
});

test.each([
  ['strict', 20],
  ['grace', 15],
  ['none', 15],
] as const)(
  'killed at random moments of endless refreshing (%s, %i times), the same holds',
  async (kind, kills) => {
    const { provider, profile } = await setUp(kind);
    const untouched = profile.files().get(fileOfBystander(profile)) ?? expect.unreachable('no bystander');
    let lost = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const victim = profile.start(1_000);
      await victim.nextWord();
      await new Promise((resolve) => setTimeout(resolve, randomInt(0, 80)));
      victim.kill();
      expect(await victim.ended).toBe('SIGKILL');
      expect(
        victim
          .said()
          .slice(1)
          .filter((word) => word !== 'ok'),
      ).toEqual([]);
      const held = await heldToken(profile);
      const newest = provider.issued.filter((one) => one.kind === 'refresh_token').at(-1)?.value;
      const [, first] = await recover(profile);
      checkFiles(profile, provider, untouched);
      if (first === 'ok') continue;
      // Only where the provider had replaced the token, and the new one had not reached the disk.
      expect([kind, first]).toEqual(['strict', 'SESSION_INTERRUPTED']);
      expect(held).not.toBe(newest);
      lost += 1;
      await profile.signIn();
    }
    expect(lost).toBeLessThan(kills);
    if (kind !== 'none') {
      const tokens = provider.issued.filter((one) => one.kind === 'refresh_token');
      expect(Math.max(...tokens.map(({ value }) => provider.timesPresented(value)))).toBeLessThanOrEqual(2);
    }
    await provider.close();
  },
);

const document = join(import.meta.dirname, '../../../docs/crash-safety.md');
const marks = ['<!-- kill matrix: written by the test -->', '<!-- end of the kill matrix -->'] as const;

test('the matrix stands in docs/crash-safety.md', async () => {
  const rows = killPoints.map((point) => {
    const cells = kinds.map((kind) => {
      const { outcome, sent } = matrix.get(cellOf(point, kind)) ?? expect.unreachable(`${point} at ${kind}`);
      return `${outcome === 'ok' ? 'signed in' : outcome}, sent ${sent}×`;
    });
    return `| ${[point, ...cells].join(' | ')} |`;
  });
  const table = [
    '| killed at | strict reuse detection | 30 s grace | not rotating |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
  console.log(table);
  const text = readFileSync(document, 'utf8');
  const [before = '', rest = ''] = text.split(marks[0]);
  const after = rest.split(marks[1])[1] ?? '';
  const written = await format([before, marks[0], '\n\n', table, '\n\n', marks[1], after].join(''), {
    ...(await resolveConfig(document)),
    parser: 'markdown',
  });
  if (process.env['WRITE_KILL_MATRIX'] === '1') writeFileSync(document, written);
  else expect(text).toBe(written);
});
