import type { KeychainStatus } from '../../contract/view-model';
import type { KeySource, KeySourceChange } from './key-source';

/**
 * What a person has to know of where the key is. A key that is gone is told by each session that needs it
 * (STORE_UNREADABLE), and a disk that fails by each session it keeps from being written.
 */
export function keychainStatus(
  source: KeySource | 'pending',
  change: KeySourceChange | undefined,
): KeychainStatus {
  if (source === 'pending') return { kind: 'nothing-to-say' };
  if (source.kind !== 'memory') {
    if (change?.isKeyReplaced === true) return { kind: 'key-replaced' };
    return change?.before === 'memory' ? { kind: 'opened' } : { kind: 'nothing-to-say' };
  }
  const { reason } = source;
  const isMissing = reason.code === 'STORE_LOCKED' || reason.code === 'STORE_UNAVAILABLE';
  return isMissing ? { kind: 'missing', problem: reason } : { kind: 'nothing-to-say' };
}
