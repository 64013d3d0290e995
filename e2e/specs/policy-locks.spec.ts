import fs from 'node:fs';
import path from 'node:path';
import type { RegistryFormValues } from '../../src/contract/registry-form';
import { type Company, configurationOf, expect, type OpenApp, test } from '../fixtures/company';

/** The company's registries, and settings, as a policy enforces them. */
const enforced = (company: Company, settings = ''): string =>
  `enforced:\n${`${configurationOf(company)}${settings}`.replaceAll(/^(?=.)/gm, '  ')}`;

const own = '  - id: own\n    name: Own\n    url: https://own.example\n';

/** Sends a command past every button, as a page that was taken over could. */
const send = ({ page }: OpenApp, command: string, input: unknown): Promise<unknown> =>
  page.evaluate(
    ([name, given]) => {
      const pipe = Reflect.get(window, 'gatepass') as {
        invoke(name: string, input: unknown): Promise<unknown>;
      };
      return pipe.invoke(name, given);
    },
    [command, input] as const,
  );

/** Typed by the contract, so that the form here is refused for what it says and never for its shape. */
const formOf = (url: string): RegistryFormValues => ({
  name: 'Mine',
  url,
  allowPrivateIp: true,
  authType: 'none',
  issuer: '',
  clientId: '',
  scopes: '',
  audience: '',
  audienceParameter: 'none',
  callbackHost: 'automatic',
  callbackPort: '',
  callbackPath: '',
  tokenFile: '',
});

const problemsIn = ({ page }: OpenApp, code: string) =>
  page.getByRole('alert').filter({ hasText: code }).first();

/** The same address, spelt as a person might to get past a comparison. */
function otherSpellings(url: string): string[] {
  const { host, pathname } = new URL(url);
  return [`HTTP://${host.toUpperCase()}${pathname}`, `${url.replace(/\/+$/, '')}//`, `${url}#here`];
}

test('what a policy enforces cannot be edited, removed or shadowed by any way there is', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme', 'Beta', 'Gamma'] });
  const { configFile, policyFile, toolhiveFile } = acme;
  const url = acme.registries.get('Acme')?.url ?? '';
  fs.writeFileSync(configFile, `registries:\n${own}`);
  fs.writeFileSync(policyFile, enforced(acme));
  const app = await acme.openApp();
  const rows = app.page.getByRole('list', { name: 'Registries' }).getByRole('listitem');
  const expectUntouched = async () => {
    for (const name of ['Acme', 'Beta', 'Gamma'])
      await expect(app.row(name).status).toHaveText(/^Signed out/);
    await expect(rows).toHaveCount(4);
  };
  await expectUntouched();

  await test.step('the details offer nothing, and say who decided it and where', async () => {
    await app.openDetails('Acme');
    const details = app.page.getByRole('region', { name: 'Acme' }).or(app.page.getByRole('complementary'));
    for (const name of ['Edit', 'Remove', 'Keep as my own'])
      await expect(details.getByRole('button', { name, exact: true })).toHaveCount(0);
    await app.page.getByRole('button', { name: 'Managed by your organization: Acme' }).click();
    await expect(app.page.getByRole('note').filter({ hasText: policyFile })).toBeVisible();
    await app.page.keyboard.press('Escape');
  });

  await test.step('commands past the buttons are refused, and nothing is written', async () => {
    const locked = { ok: false, problem: expect.objectContaining({ code: 'SETTING_LOCKED' }) as unknown };
    for (const command of ['readRegistryForm', 'removeRegistry', 'forgetRegistry'])
      expect(await send(app, command, { registryId: 'acme' })).toEqual(locked);
    const replace = { values: formOf('https://elsewhere.example'), replaces: 'acme', confirmed: [] };
    expect(JSON.stringify(await send(app, 'saveRegistry', replace))).toContain('SETTING_LOCKED');
    for (const spelling of [url, ...otherSpellings(url)]) {
      const saved = await send(app, 'saveRegistry', { values: formOf(spelling), confirmed: [] });
      expect(saved).toMatchObject({ kind: 'not-saved', check: { kind: 'refused' } });
    }
    const shadow = await send(app, 'saveRegistry', {
      values: formOf(otherSpellings(url)[0] ?? ''),
      confirmed: [],
    });
    expect(JSON.stringify(shadow)).toContain('CFG_MANAGED_URL');
    expect(fs.readFileSync(configFile, 'utf8')).toBe(`registries:\n${own}`);
    await expectUntouched();
  });

  await test.step('a hand-edited file changes nothing of it, and is told', async () => {
    const sameId = '  - id: ACME\n    name: Mine\n    url: https://elsewhere.example\n';
    const sameAddress = otherSpellings(url)
      .slice(0, 2)
      .map((spelling, index) => `  - id: mine-${index}\n    url: ${spelling}\n    allow_private_ip: true\n`);
    const hidden = 'settings: { hidden_registries: [acme, beta], allow_user_registries: true }\n';
    fs.writeFileSync(configFile, `registries:\n${own}${sameId}${sameAddress.join('')}${hidden}`);
    await expect(problemsIn(app, 'SETTING_LOCKED')).toContainText(`${configFile}:5`);
    await expect(problemsIn(app, 'CFG_MANAGED_URL')).toContainText(`${configFile}:8`);
    await expectUntouched();
    fs.writeFileSync(configFile, `registries:\n${own}`);
    await expect(app.page.getByRole('alert')).toHaveCount(0);
  });

  await test.step('neither does ToolHive’s file', async () => {
    fs.mkdirSync(path.dirname(toolhiveFile), { recursive: true });
    fs.writeFileSync(
      toolhiveFile,
      `registry_api_url: ${otherSpellings(url)[0] ?? ''}\nallow_private_registry_ip: true\n`,
    );
    await expect(problemsIn(app, 'CFG_MANAGED_URL')).toContainText(toolhiveFile);
    await expectUntouched();
  });

  await test.step('without the policy the person has what is theirs, and may change it', async () => {
    fs.rmSync(toolhiveFile);
    fs.rmSync(policyFile);
    await expect(rows).toHaveCount(1);
    await expect(app.row('Own').item).toBeVisible();
    expect(fs.readFileSync(configFile, 'utf8')).toBe(`registries:\n${own}`);
    expect(await send(app, 'removeRegistry', { registryId: 'own' })).toEqual({ ok: true });
    await expect(rows).toHaveCount(0);
  });
});

test('a locked setting shows its lock, refuses every change, and opens again with the policy gone', async ({
  company,
}) => {
  const acme = await company({ registries: ['Acme'] });
  const before = fs.readFileSync(acme.configFile, 'utf8');
  fs.writeFileSync(acme.policyFile, 'enforced:\n  settings:\n    theme: dark\n    keep_running: true\n');
  const app = await acme.openApp();
  const { page } = app;
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('switch', { name: 'Keep running' })).toBeDisabled();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeDisabled();
  await page.getByRole('button', { name: 'Managed by your organization: Look' }).click();
  const popover = page.getByRole('note').filter({ hasText: `${acme.policyFile}:3` });
  await expect(popover).toBeVisible();
  await expect(popover).toContainText('Managed by your organization');
  await page.keyboard.press('Escape');
  await expect(popover).toBeHidden();

  for (const value of ['light', null]) {
    const refused = await send(app, 'changeSetting', { key: 'theme', value });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'SETTING_LOCKED' } });
  }
  expect(fs.readFileSync(acme.configFile, 'utf8')).toBe(before);
  fs.appendFileSync(acme.configFile, 'settings: { theme: light, sign_in_timeout_seconds: 300 }\n');
  const isDark = () => page.evaluate(() => window.matchMedia('(prefers-color-scheme: dark)').matches);
  await expect(page.getByRole('textbox', { name: 'Wait for the browser' })).toHaveValue('300');
  expect(await isDark(), 'with the file read').toBe(true);

  fs.rmSync(acme.policyFile);
  await expect(page.getByRole('radio', { name: 'Light' })).toBeEnabled();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
  await expect.poll(isDark).toBe(false);
});

test('a broken policy shows its lines, and the app still signs in to what it may', async ({ company }) => {
  const acme = await company({ registries: ['Acme', 'Beta'] });
  fs.rmSync(acme.configFile);
  const good = enforced(acme, 'settings:\n  sign_in_timeout_seconds: 5\n  extra_ca_file: /nowhere/ca.pem\n');
  const bad = good.replace(/(name: Beta\n\s+url: )\S+/, '$1ftp://mcp.beta.example');
  fs.writeFileSync(acme.policyFile, bad);
  const lineOf = (text: string) => bad.slice(0, bad.indexOf(text)).split('\n').length;
  const app = await acme.openApp();
  const told = (code: string, line: number) =>
    expect(problemsIn(app, code)).toContainText(`${acme.policyFile}:${line} · ${code}`);
  await told('CFG_INVALID', lineOf('sign_in_timeout_seconds'));
  await told('CFG_URL_SCHEME', lineOf('ftp:'));
  await told('CFG_CA_FILE_UNUSABLE', lineOf('extra_ca_file'));
  await expect(app.row('Beta').status).toHaveText(/^Needs attention/);
  await app.signIn('Acme');

  // Unreadable as a whole, the last good one stays in force, also after a restart.
  fs.writeFileSync(acme.policyFile, `${bad}defaults: [`);
  await expect(problemsIn(app, 'CFG_POLICY_LAST_GOOD')).toContainText(
    `${acme.policyFile}:${bad.split('\n').length}`,
  );
  await expect(app.row('Acme').status).toHaveText(/^Signed in/);
  await app.close();
  const again = await acme.openApp();
  await expect(problemsIn(again, 'CFG_POLICY_LAST_GOOD')).toBeVisible();
  await expect(again.row('Acme').status).toHaveText(/^Signed in/);
  await again.checkNow('Acme');
  await expect(again.row('Acme').item).toContainText('The registry answers');
});
