import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { protocol } from 'electron';

/** The window's own scheme and origin: a real origin with its own storage, unlike `file:`, and unreachable from the web. */
const scheme = 'app';
export const appOrigin = `${scheme}://gatepass`;

/**
 * Sent with every document and asset. The renderer needs scripts, styles and images of its own and nothing else: no
 * network, no inline code, no frames, no forms.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must run before `ready`: Electron fixes the privileges of schemes at start. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
}

/**
 * Serves the renderer's files below `folder` under {@link appOrigin}; anything else is 404.
 * @param isAnswering resolves when the page's commands are answered. Scripts wait for it, the first paint does not: what
 *   a script asks earlier would be refused
 */
export function serveAppScheme(folder: string, isAnswering: () => Promise<unknown>): void {
  protocol.handle(scheme, async (request) => {
    const answered = await answer(folder, request);
    if (new URL(request.url).pathname.endsWith('.js')) await isAnswering();
    return answered;
  });
}

async function answer(folder: string, request: Request): Promise<Response> {
  const file = fileFor(folder, request);
  if (file === undefined) return respond(404, 'text/plain; charset=utf-8', 'Not found');
  try {
    const type = contentTypes[extname(file)] ?? 'application/octet-stream';
    return respond(200, type, new Uint8Array(await readFile(file)));
  } catch {
    return respond(404, 'text/plain; charset=utf-8', 'Not found');
  }
}

function fileFor(folder: string, request: Request): string | undefined {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.host !== 'gatepass') return undefined;
  // The URL parser has resolved `..` already; an encoded separator or NUL has no business in our file names.
  if (/%(2f|5c|00)/i.test(url.pathname)) return undefined;
  const path = url.pathname === '/' ? 'index.html' : decodeURIComponent(url.pathname.slice(1));
  const file = join(folder, path);
  return file.startsWith(folder + sep) ? file : undefined;
}

function respond(status: number, contentType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': contentType,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}
