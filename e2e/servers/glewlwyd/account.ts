export interface Account {
  readonly username: string;
  readonly password: string;
}

/** Somebody's browser session at Glewlwyd, spoken to the way Glewlwyd's own pages do: JSON and a cookie. */
export class GlewlwydAccount {
  readonly #origin: string;
  #cookie = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  async signIn(account: Account): Promise<void> {
    const answer = await this.#send('POST', 'auth/', account);
    this.#cookie = answer.headers
      .getSetCookie()
      .map((line) => line.slice(0, line.indexOf(';')))
      .join('; ');
  }

  async post(path: string, body: unknown): Promise<void> {
    await this.#send('POST', path, body);
  }

  /** "Allow Gatepass to …" on the consent page. */
  async consent(clientId: string, scope: string): Promise<void> {
    await this.#send('PUT', `auth/grant/${clientId}`, { scope });
  }

  /** Where the browser is sent from an address. */
  async redirectOf(url: string | URL): Promise<URL> {
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie: this.#cookie } });
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`${String(url)}: ${answer.status} ${await answer.text()}`);
    return new URL(location, url);
  }

  async #send(method: string, path: string, body: unknown): Promise<Response> {
    const answer = await fetch(`${this.#origin}/api/${path}`, {
      method,
      headers: { cookie: this.#cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}
