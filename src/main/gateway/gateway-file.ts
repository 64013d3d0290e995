import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, type Result, success } from '../base/failure';
import type { OpenGateway } from './open-gateway';

/**
 * `gateway.json`, by which programs of the same person find the gateway: written whole or not at all, readable by its
 * owner only, and removed when the gateway stops. One that a crash left behind names a port where nobody proves to hold its
 * token; it goes at the next start, since the profile belongs to one process.
 */
export class GatewayFile {
  readonly #folder: string;
  readonly path: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'gateway.json');
  }

  async write({ url, token }: Pick<OpenGateway, 'url' | 'token'>, startedAt: number): Promise<Result<void>> {
    const temporary = join(this.#folder, `.gateway.${randomBytes(6).toString('hex')}.tmp`);
    const contents = {
      url,
      pid: process.pid,
      // Its one way out: to programs that may read this person's files.
      token: token.reveal(),
      started_at: new Date(startedAt).toISOString(),
    };
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(contents, undefined, 2)}\n`);
      } finally {
        await file.close();
      }
      // Takes the place of whatever stands there; a link is replaced, not followed.
      await rename(temporary, this.path);
      return success(undefined);
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
      return failed('GATEWAY_FILE_FAILED');
    }
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true }).catch(() => undefined);
  }
}
