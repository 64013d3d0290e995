import type { IncomingHttpHeaders } from 'node:http';
import { send } from './http-client';
import type { HttpAnswer, HttpQuestion } from './http-client';

/** Cookies of one browser, by host and path. Pass one jar to several sign-ins to stay signed in at the provider. */
export interface CookieJar {
  store(url: URL, headers: IncomingHttpHeaders): void;
  headerFor(url: URL): string;
}

export function createCookieJar(): CookieJar {
  const cookies = new Map<string, { host: string; path: string; pair: string }>();
  return {
    store(url, headers) {
      for (const line of headers['set-cookie'] ?? []) {
        const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
        const attribute = (name: string) =>
          attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
        const path = attribute('path') ?? '/';
        const key = [url.hostname, path, pair.slice(0, pair.indexOf('='))].join(' ');
        const expires = attribute('expires');
        if (expires !== undefined && Date.parse(expires) <= Date.now()) cookies.delete(key);
        else cookies.set(key, { host: url.hostname, path, pair });
      }
    },
    headerFor: (url) =>
      [...cookies.values()]
        .filter(({ host, path }) => host === url.hostname && isBelow(url.pathname, path))
        .map(({ pair }) => pair)
        .join('; '),
  };
}

/** RFC 6265 5.1.4. */
function isBelow(path: string, cookiePath: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}

export interface FinishOptions {
  /** Default: whoever the page proposes, alice@acme.example. */
  readonly user?: string;
  /** Presses Cancel instead. */
  readonly deny?: boolean;
  /** Certificate authority to trust, PEM. */
  readonly ca?: string;
  /** Default: a browser that was never used. */
  readonly cookies?: CookieJar;
}

/** What the app's callback listener answered. */
export interface Delivered {
  readonly status: number;
  readonly body: string;
  readonly callbackUrl: string;
}

/**
 * Plays the browser and the person in it: opens the authorization request, signs in on the page, and goes on to the app's
 * callback address. Throws when a page comes on which it cannot go on, such as a refusal.
 * @param options with `deliver: false` the callback is not requested; its URL is returned instead.
 */
export function finishSignIn(
  authorizeUrl: string,
  options: FinishOptions & { readonly deliver: false },
): Promise<string>;
export function finishSignIn(
  authorizeUrl: string,
  options?: FinishOptions & { readonly deliver?: true },
): Promise<Delivered>;
export async function finishSignIn(
  authorizeUrl: string,
  options: FinishOptions & { readonly deliver?: boolean } = {},
): Promise<string | Delivered> {
  const callback = await reachCallback(authorizeUrl, options);
  const callbackUrl = String(callback.url);
  if (options.deliver === false) return callbackUrl;
  const { status, body } = await send(callback);
  return { status, body, callbackUrl };
}

const mostSteps = 20;

/**
 * The same up to the request to the app's callback address, which is left to the caller to send. It has a form where the
 * app asked for the answer in one (OAuth 2.0 Form Post Response Mode).
 */
export async function reachCallback(
  authorizeUrl: string,
  options: FinishOptions = {},
): Promise<HttpQuestion> {
  const cookies = options.cookies ?? createCookieJar();
  const callback = new URL(new URL(authorizeUrl).searchParams.get('redirect_uri') ?? 'about:blank');
  let next: HttpQuestion = { url: authorizeUrl };
  for (let step = 0; step < mostSteps; step++) {
    const url = new URL(next.url);
    if (url.origin === callback.origin && url.pathname === callback.pathname) return next;
    const answer = await send({
      ...next,
      headers: { accept: 'text/html', cookie: cookies.headerFor(url) },
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    cookies.store(url, answer.headers);
    next = nextStep(url, answer, options);
  }
  throw new Error(`The sign-in did not reach ${callback.href} within ${mostSteps} steps`);
}

function nextStep(url: URL, answer: HttpAnswer, options: FinishOptions): HttpQuestion {
  const { location } = answer.headers;
  if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
    return { url: new URL(location, url) };
  }
  const form = answer.status === 200 ? formIn(answer.body) : undefined;
  if (form === undefined)
    throw new Error(`${url.origin}${url.pathname}: ${answer.status} ${textOf(answer.body)}`);
  const cancel = /<a href="([^"]+)">Cancel<\/a>/.exec(answer.body)?.[1];
  if (options.deny === true && cancel !== undefined) return { url: new URL(unescaped(cancel), url) };
  const user = 'user' in form.fields && options.user !== undefined ? { user: options.user } : {};
  return { url: new URL(form.action, url), method: 'POST', form: { ...form.fields, ...user } };
}

function formIn(html: string): { action: string; fields: Record<string, string> } | undefined {
  const form = /<form([^>]*)>([\s\S]*?)<\/form>/.exec(html);
  if (form === null) return undefined;
  const fields: Record<string, string> = {};
  for (const [input] of (form[2] ?? '').matchAll(/<input[^>]*>/g)) {
    const name = attributeOf(input, 'name');
    if (name !== undefined) fields[name] = attributeOf(input, 'value') ?? '';
  }
  return { action: attributeOf(form[1] ?? '', 'action') ?? '', fields };
}

function attributeOf(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescaped(value);
}

function unescaped(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&amp;', '&');
}

function textOf(html: string): string {
  const body = /<main>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html;
  return unescaped(body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '))
    .trim()
    .slice(0, 300);
}
