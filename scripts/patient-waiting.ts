import { vi } from 'vitest';

/*
 * Vitest's own second is not enough on a machine that is busy with other things: waiting for a condition only ends what
 * hangs. That of `expect.poll` is in vitest.config.ts, this one has no setting.
 */
const { waitFor } = vi;
vi.waitFor = (condition, options = 20_000) => waitFor(condition, options);
