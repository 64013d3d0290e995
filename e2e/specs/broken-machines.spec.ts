import fs from 'node:fs';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { startMisbehavingProvider } from '../servers/misbehaving-provider';
import { startProxy } from '../servers/proxy';
import { makeTlsFixtures } from '../servers/tls';
import { type Company, type CompanyOptions, expect, type OpenApp, test as base } from '../fixtures/company';
import { canary, causesIn, reportOf, selfTest } from '../fixtures/support';

/*
 * The ten machines of docs/support.md, each broken for real. Support names the cause, the report says it first, and
 * neither a token nor what somebody wrote where it does not belong is in any of the reports.
 */

const test = base.extend<{ onEnd: (close: () => Promise<unknown>) => void }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the dependencies from this pattern's text
  onEnd: async ({}, use) => {
    const closing: (() => Promise<unknown>)[] = [];
    await use((close) => closing.push(close));
    for (const close of closing.reverse()) await close();
  },
});

const signInService = 'The sign-in service';

/** A company whose configuration holds a secret wherever a person could have put one. */
async function planted(
  company: (options: CompanyOptions) => Promise<Company>,
  options: Partial<CompanyOptions> = {},
): Promise<Company> {
  const acme = await company({ registries: ['Acme'], ...options });
  const text = fs.readFileSync(acme.configFile, 'utf8');
  const leaks = `        extra_authorize_parameters: { hint: ${canary} }
        client_secret: ${canary}
    note: ${canary}
settings:
  theme: ${canary}
  ${canary}: true
# token=${canary}
`;
  fs.writeFileSync(acme.configFile, text + leaks);
  return acme;
}

async function expectReport(app: OpenApp, acme: Company, code: string): Promise<void> {
  const report = await reportOf(app);
  expect(causesIn(report)).toContain(code);
  expect(report).not.toContain(canary);
  for (const { kind, value } of acme.provider.issued) expect(report, kind).not.toContain(value);
  for (const authorization of [...acme.registries.values()].flatMap((registry) => registry.authorizations))
    expect(report).not.toContain(authorization);
}

/** Points the one registry at another address and sign-in service. */
function reconfigure({ configFile, registries, provider }: Company, url: string, issuer: string): void {
  const before = fs.readFileSync(configFile, 'utf8');
  const after = before
    .replace(registries.get('Acme')?.url ?? '', url)
    .replace(`issuer: ${provider.issuer}`, `issuer: ${issuer}`);
  fs.writeFileSync(configFile, after);
}

test('1: the redirect address is not registered', async ({ company }) => {
  const clients = [{ clientId: 'gatepass', redirectUris: ['http://127.0.0.1:8666/elsewhere'] }];
  const acme = await planted(company, { provider: { clients } });
  const app = await acme.openApp();
  const check = await selfTest(app, 'Check this registry');
  const row = check(`${signInService} knows client and redirect address`);
  await expect(row).toContainText('CHECK_REDIRECT_REFUSED');
  await expect(row).toContainText(`http://127.0.0.1:${acme.callbackPort}/callback`);
  await expectReport(app, acme, 'CHECK_REDIRECT_REFUSED');
});

test('2: another program has the port', async ({ company, onEnd }) => {
  const acme = await planted(company);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(acme.callbackPort, '127.0.0.1', resolve));
  onEnd(() => new Promise((resolve) => other.close(resolve)));
  const app = await acme.openApp();
  await app.row('Acme').signInButton.click();
  await expect(app.row('Acme').problem).toContainText('LOGIN_PORT_BUSY');
  const check = await selfTest(app, 'Check this registry');
  const row = check('Port for the way back from the browser');
  await expect(row).toContainText('LOGIN_PORT_BUSY');
  if (process.platform === 'linux') await expect(row).toContainText(`(${process.pid})`);
  await expectReport(app, acme, 'LOGIN_PORT_BUSY');
});

test('3: the issuer is another one than configured', async ({ company }) => {
  const acme = await planted(company);
  reconfigure(acme, acme.registries.get('Acme')?.url ?? '', `${acme.provider.issuer}/`);
  const app = await acme.openApp();
  const check = await selfTest(app, 'Check this registry');
  const row = check(`${signInService} is the configured one`);
  await expect(row).toContainText('DISC_ISSUER_MISMATCH');
  await expect(row).toContainText(acme.provider.issuer);
  await expectReport(app, acme, 'DISC_ISSUER_MISMATCH');
});

test('4: the service gives no refresh token', async ({ company }) => {
  const acme = await planted(company, { provider: { offlineAccessNeedsConsent: true } });
  const app = await acme.openApp();
  await app.signIn('Acme');
  const check = await selfTest(app, 'Check this registry');
  await expect(check('Session')).toContainText('NO_REFRESH_TOKEN');
  await expectReport(app, acme, 'NO_REFRESH_TOKEN');
});

test('5: a proxy lets nothing through', async ({ company, onEnd }) => {
  const proxy = await startProxy({ does: 'demand sign-in' });
  onEnd(() => proxy.close());
  const acme = await planted(company);
  reconfigure(acme, 'https://mcp.acme.example', 'https://login.acme.example');
  const app = await acme.openApp([], { HTTPS_PROXY: proxy.url.replace('//', `//user:${canary}@`) });
  const check = await selfTest(app, 'Check this registry');
  await expect(check('Certificate of the registry')).toContainText('NET_PROXY_AUTH');
  await expect(check('Way through proxies')).toContainText(`PROXY ${proxy.url.replace('http://', '')}`);
  await expectReport(app, acme, 'NET_PROXY_AUTH');
});

test('6: something on the way opens the encrypted connections', async ({ company, onEnd }) => {
  const { unknownAuthority } = await makeTlsFixtures();
  const inspector = createTlsServer(unknownAuthority, (_request, response) => response.end(canary));
  await new Promise<void>((resolve) => inspector.listen(0, '127.0.0.1', resolve));
  onEnd(() => new Promise((resolve) => inspector.close(resolve)));
  const { port } = inspector.address() as AddressInfo;
  const proxy = await startProxy({ does: 'forward', everywherePort: port });
  onEnd(() => proxy.close());
  const acme = await planted(company);
  reconfigure(acme, 'https://mcp.acme.example', 'https://login.acme.example');
  const app = await acme.openApp([], { HTTPS_PROXY: proxy.url });
  const check = await selfTest(app, 'Check this registry');
  const row = check(`Certificate of the sign-in service`);
  await expect(check('Certificate of the registry')).toContainText('CHECK_TLS_INSPECTED');
  await expect(row).toContainText('Some other authority');
  await expectReport(app, acme, 'CHECK_TLS_INSPECTED');
});

test('7: there is no keychain', async ({ company }) => {
  const acme = await planted(company);
  const app = await acme.openApp([], { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' });
  const check = await selfTest(app, 'Check this computer');
  await expect(check('Keychain of the system')).toContainText('STORE_UNAVAILABLE');
  await expectReport(app, acme, 'STORE_UNAVAILABLE');
});

test('8: the clock is wrong', async ({ company, onEnd }) => {
  const provider = await startMisbehavingProvider({ behaviour: { clockAheadMs: 3_600_000 } });
  onEnd(() => provider.close());
  const acme = await planted(company);
  reconfigure(acme, acme.registries.get('Acme')?.url ?? '', provider.issuer);
  const app = await acme.openApp();
  const startedAt = Date.now();
  const check = await selfTest(app, 'Check this registry');
  const tookSeconds = (Date.now() - startedAt) / 1_000;
  await expect(check('Clock')).toContainText('CLOCK_SKEW');
  const [, ahead] =
    /Seconds ahead of this computer\s*(\d+)/.exec((await check('Clock').textContent()) ?? '') ?? [];
  // The answer says whole seconds, and was on its way for a part of the test's time.
  expect(Number(ahead)).toBeLessThanOrEqual(3_600);
  expect(Number(ahead)).toBeGreaterThanOrEqual(3_600 - 2 - tookSeconds);
  await expectReport(app, acme, 'CLOCK_SKEW');
});

test('9: the account may not read the registry', async ({ company }) => {
  const acme = await planted(company);
  acme.registries.get('Acme')?.requireRole('nobody-has-this');
  const app = await acme.openApp();
  await app.signIn('Acme');
  await app.checkNow('Acme');
  const check = await selfTest(app, 'Check this registry');
  await expect(check('Session')).toContainText('REGISTRY_FORBIDDEN');
  await expectReport(app, acme, 'REGISTRY_FORBIDDEN');
});

test('10: the policy is not applied', async ({ company }) => {
  const acme = await planted(company);
  fs.writeFileSync(acme.policyFile, `enforced: { settings: { theme: dark } } # ${canary}\n`);
  fs.chmodSync(acme.policyFile, 0o666);
  const app = await acme.openApp();
  const check = await selfTest(app, 'Check this computer');
  const row = check('Policies of the organization');
  await expect(row).toContainText('CFG_POLICY_UNTRUSTED');
  await expect(row).toContainText(acme.policyFile);
  await expectReport(app, acme, 'CFG_POLICY_UNTRUSTED');
});
