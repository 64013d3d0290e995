import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { appOrigin, contentSecurityPolicy, serveAppScheme } from './app-scheme';

type Handler = (request: Request) => Promise<Response>;
const scheme = vi.hoisted(() => ({ handle: undefined as Handler | undefined }));
vi.mock('electron', () => ({
  protocol: { handle: (_name: string, handler: Handler) => (scheme.handle = handler) },
}));

let folder: string;
let answerCommands: () => void;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'app-scheme-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'index.css'), 'main {}');
  writeFileSync(join(folder, 'index.js'), '0;');
  const isAnswering = new Promise<void>((resolve) => (answerCommands = resolve));
  serveAppScheme(folder, () => isAnswering);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const get = (path: string): Promise<Response> => {
  if (scheme.handle === undefined) throw new Error('The scheme is not handled.');
  return scheme.handle(new Request(`${appOrigin}${path}`));
};

it('serves what the first paint needs before any command is answered', async () => {
  for (const path of ['/', '/index.css']) {
    const response = await get(path);
    expect(response.status, path).toBe(200);
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  }
});

it('lets scripts wait until the commands that they send are answered', async () => {
  let hasScript = false;
  const script = get('/index.js').then((response) => {
    hasScript = true;
    return response;
  });
  // Read from the same disk afterwards: a script that did not wait would be here by now.
  await get('/index.css');
  await get('/index.css');
  expect(hasScript).toBe(false);
  answerCommands();
  expect(await (await script).text()).toBe('0;');
});

it('has nothing outside its folder', async () => {
  answerCommands();
  for (const path of ['/%2e%2e%2fsecret.js', '/..%5csecret.js', '/absent.js', '/index.js%00'])
    expect((await get(path)).status, path).toBe(404);
});
