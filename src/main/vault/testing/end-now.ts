import type { Code } from '../../../contract/codes';
import type { Result } from '../../base/failure';
import type { EndOptions } from '../refresh-ticket';
import type { SessionKey } from '../session-key';
import type { Vault } from '../vault';

/** Ends a session as a refresh does that was refused; a failure where no refresh can begin. */
export async function endNow(
  vault: Vault,
  key: SessionKey,
  code: Code,
  options?: EndOptions,
): Promise<Result<void>> {
  const ticket = await vault.beginRefresh(key);
  return ticket.ok ? ticket.value.end(code, options) : ticket;
}
