import fs from 'node:fs';
import path from 'node:path';
import { finishSignIn } from '../servers/identity-provider';
import { Needles } from '../fixtures/needles';
import { expect, test, type Company, type OpenApp } from '../fixtures/company';
import { addToken, issueToken, takeTokens, writeClipboard } from '../fixtures/bearer';
import { configureGateway, curl, findGateway, type GatewayFile } from '../fixtures/gateway';

/** Every file below a folder; what cannot be read as a file, such as Chromium's sockets, holds no data. */
function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

const forms = (secret: string): Buffer[] => [
  Buffer.from(secret),
  Buffer.from(secret, 'utf16le'),
  Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, '')),
];

/** The whole heap of the page's process, strings included. */
async function rendererMemory({ page }: OpenApp): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}

/** Everything a program may ask, once: what it is answered, as text. */
async function asked(gateway: GatewayFile): Promise<string> {
  const targets = [
    '/api/v1beta/registry',
    '/registry/engineering/v0.1/servers',
    '/registry/machines/v0.1/servers',
    '/openapi.json',
  ];
  const answers = await Promise.all(targets.map((target) => curl(gateway, target)));
  return JSON.stringify(answers);
}

/** What must not be anywhere: all that the provider ever handed out, the PKCE verifiers, the states and nonces. */
function secretsOf({ provider }: Company): string[] {
  const sent = provider.requests.flatMap(({ params }) => [
    params['code_verifier'],
    params['state'],
    params['nonce'],
  ]);
  const issued = provider.issued.map(({ value }) => value);
  return [...issued, ...sent].filter((secret) => secret !== undefined && secret !== '') as string[];
}

test('no token, code or verifier is in the profile, the logs, the output, the page’s memory, any message or what programs are told', async ({
  company,
}) => {
  const acme = await company({ registries: ['Engineering', 'Finance', 'Machines'] });
  takeTokens(acme, 'machines');
  configureGateway(acme, '{ enabled: true }');
  const app = await acme.openApp();
  const gateway = await findGateway(acme);
  let output = '';
  for (const stream of [app.electronApp.process().stdout, app.electronApp.process().stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));

  // A token that a person hands over, used for the registry and for programs.
  await writeClipboard(app, await issueToken(acme, 'Machines'));
  await addToken(app, 'Machines');
  await expect(app.row('Machines').status).toHaveText(/^Signed in/);
  await expect(app.row('Machines').item).toContainText('The registry answers');

  // A sign-in, a refused one, a cancelled one, refreshes, an ended session, a sign-out: all that handles secrets.
  await app.signIn('Engineering');
  let answers = await asked(gateway);
  expect(answers).toContain('"status":200');
  await finishSignIn(await app.startSignIn('Finance'), { deny: true });
  await expect(app.row('Finance').problem).toBeVisible();
  await app.startSignIn('Finance');
  await app.row('Finance').cancelButton.click();
  await app.signIn('Finance');
  await expect(app.row('Finance').item).toContainText('The registry answers');
  acme.registries.get('Engineering')?.rejectAllTokens();
  for (let round = 0; round < 3; round++) await app.checkNow('Engineering');
  await app.page.getByRole('button', { name: 'Engineering', exact: true }).first().click();

  answers += await asked(gateway);

  const secrets = secretsOf(acme);
  const kinds = new Set(acme.provider.issued.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['access_token', 'code', 'id_token', 'refresh_token']);
  expect(secrets.length).toBeGreaterThan(15);

  const needles = new Needles([gateway.token, ...secrets].map((secret) => Buffer.from(secret)));
  const memory = Buffer.from(await rendererMemory(app));
  expect(new Needles([Buffer.from('alice@acme.example')]).areIn(memory), 'the search works').toBe(true);
  expect(needles.areIn(memory), 'in the page’s memory').toBe(false);
  expect(needles.areIn(Buffer.from(await app.page.content())), 'on the page').toBe(false);

  acme.registries.get('Engineering')?.rejectAllTokens(false);
  await app.checkNow('Engineering');
  await app.row('Engineering').signOutButton.click();
  await expect(app.row('Engineering').status).toHaveText(/^Signed out/);
  acme.provider.revokeGrants();
  acme.registries.get('Finance')?.rejectAllTokens();
  await app.checkNow('Finance');
  await expect(app.row('Finance').status).toHaveText(/^Session expired/);
  await app.close();

  expect(new Needles(secretsOf(acme).flatMap(forms)).areIn(Buffer.from(answers)), 'told to programs').toBe(
    false,
  );
  const all = new Needles([gateway.token, ...secretsOf(acme)].flatMap(forms));
  expect(all.areIn(Buffer.from(output)), 'in the output').toBe(false);
  const files = filesBelow(acme.userDataDir);
  expect(files.some((file) => file.endsWith('activity.log'))).toBe(true);
  for (const file of files) expect(all.areIn(fs.readFileSync(file)), `in ${file}`).toBe(false);
});
