export interface PageOptions {
  /** The company whose provider this is. */
  readonly company: string;
  /** Name of the app that asked. */
  readonly client: string;
  /** Address that ends the sign-in with `access_denied`. */
  readonly cancelAddress: string;
}

/** User name and password; any non-empty user name is accepted. */
export function signInPage(options: PageOptions & { readonly userName: string }): string {
  return page(
    options.company,
    'Sign in',
    `<p>to continue to <strong>${escaped(options.client)}</strong></p>
    <form method="post">
      <label for="user">User name</label>
      <input id="user" name="user" autocomplete="username" autocapitalize="none" spellcheck="false" required
        value="${escaped(options.userName)}">
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" value="demo"
        aria-describedby="password-note">
      <p id="password-note" class="note">This is a demonstration: any password works.</p>
      <div class="actions"><a href="${escaped(options.cancelAddress)}">Cancel</a><button>Sign in</button></div>
    </form>`,
  );
}

/** For a browser that is signed in already: native apps still need a person's consent (RFC 8252 8.6). */
export function continuePage(
  options: PageOptions & { readonly account: string; readonly otherAccountAddress: string },
): string {
  return page(
    options.company,
    'Welcome back',
    `<p>You are signed in as <strong>${escaped(options.account)}</strong>.
      Continue to <strong>${escaped(options.client)}</strong>?</p>
    <form method="post">
      <p><a href="${escaped(options.otherAccountAddress)}">Use another account</a></p>
      <div class="actions"><a href="${escaped(options.cancelAddress)}">Cancel</a><button>Continue</button></div>
    </form>`,
  );
}

export function errorPage(company: string, error: string, description: string): string {
  return page(
    company,
    'Sign-in is not possible',
    `<p>${escaped(description)}</p><p class="note">${escaped(error)}</p>`,
  );
}

export function signedOutPage(company: string): string {
  return page(company, 'Signed out', '<p>You can close this page.</p>');
}

/** No script, nothing loaded. Without `form-action`: browsers apply it to the redirect after the form too. */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

function page(company: string, heading: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${escaped(heading)} – ${escaped(company)}</title>
  <style>${styleFor(company)}</style>
</head>
<body>
  <main>
    <header><span class="mark" aria-hidden="true">${escaped(company.slice(0, 1).toUpperCase())}</span>
      ${escaped(company)}</header>
    <h1>${escaped(heading)}</h1>
    ${content}
  </main>
</body>
</html>
`;
}

/** Each company has its own colour; every hue in this range has 4.5:1 against the white of the button. */
function styleFor(company: string): string {
  const sum = Array.from(company).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const hue = 205 + ((sum * 37) % 130);
  return `
:root { --accent: hsl(${hue} 58% 36%); --link: hsl(${hue} 62% 34%); --ground: #f3f4f7; --card: #fff;
  --text: #1c1f26; --quiet: #565d6b; --line: #8d95a5; }
@media (prefers-color-scheme: dark) { :root { --link: hsl(${hue} 75% 80%); --ground: #14161b; --card: #1f232b;
  --text: #eef0f4; --quiet: #a9b1c0; --line: #737c8d; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 25rem; background: var(--card); padding: 2rem; border-radius: 14px;
  box-shadow: 0 1px 2px rgb(0 0 0 / .12), 0 12px 32px rgb(0 0 0 / .1); }
header { display: flex; align-items: center; gap: .65rem; font-weight: 600; }
.mark { display: grid; place-items: center; width: 2.1rem; height: 2.1rem; border-radius: 9px; color: #fff;
  background: var(--accent); }
h1 { font-size: 1.55rem; line-height: 1.2; margin: 1.5rem 0 .25rem; }
p { margin: 0 0 1rem; color: var(--quiet); }
p strong { color: var(--text); overflow-wrap: anywhere; }
label { display: block; font-weight: 600; font-size: .9rem; margin-bottom: .3rem; }
input { width: 100%; padding: .6rem .75rem; margin-bottom: 1rem; font: inherit; color: inherit;
  background: transparent; border: 1px solid var(--line); border-radius: 8px; }
.note { font-size: .875rem; margin-top: -.5rem; }
.actions { display: flex; align-items: center; justify-content: space-between; margin-top: 1.5rem; }
a { color: var(--link); }
button { font: inherit; font-weight: 600; color: #fff; background: var(--accent); border: 1px solid transparent;
  border-radius: 8px; padding: .6rem 1.5rem; cursor: pointer; }
button:hover { filter: brightness(1.1); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
