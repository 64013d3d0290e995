import { spawn } from 'node:child_process';

/**
 * Waits on a pipe that only the host holds. When it closes, however the host ended, Chromium gets two seconds to
 * leave by itself (it does: its own pipe closed too), then its whole process group is killed and the temporary
 * folder removed.
 */
const SCRIPT = `
cat >/dev/null
i=0
while [ $i -lt 20 ] && kill -0 -"$1" 2>/dev/null; do sleep 0.1; i=$((i+1)); done
kill -KILL -"$1" 2>/dev/null
rm -rf "$2"
`;

/** Starts the watcher of one Chromium. `group` is its process group, `temporaryFolder` what it may leave behind. */
export function guardChromium(group: number, temporaryFolder: string): void {
  const guardian = spawn('/bin/sh', ['-c', SCRIPT, 'stand-in-guardian', String(group), temporaryFolder], {
    // Its own session: a signal to the host's group (Ctrl+C, a test runner's kill) must not take it along.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  guardian.on('error', () => {});
  guardian.stdin.on('error', () => {});
  guardian.unref();
  // The pipe keeps no event loop alive; it only has to exist until this process ends.
  (guardian.stdin as typeof guardian.stdin & { unref?: () => void }).unref?.();
}
