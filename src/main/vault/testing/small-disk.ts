import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real file system of 256 KiB, to be filled up and made read-only. */
export interface SmallDisk {
  readonly folder: string;
  readonly fill: () => void;
  readonly makeRoom: () => void;
  readonly makeReadOnly: () => void;
  readonly makeWritable: () => void;
  readonly unmount: () => void;
}

const sizeBytes = 256 * 1024;

/** Needs the right to mount, which `root` on Linux has; else says why there is none. */
export function mountSmallDisk(): SmallDisk | { readonly impossible: string } {
  const folder = mkdtempSync(join(tmpdir(), 'gatepass-small-disk-'));
  const mounted = mount('-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', folder);
  if (mounted !== undefined) return { impossible: mounted };
  const filler = join(folder, 'filler');
  const remount = (how: 'ro' | 'rw') => {
    const failed = mount('-o', `remount,${how}`, folder);
    if (failed !== undefined) throw new Error(failed);
  };
  return {
    folder,
    fill: () => {
      try {
        writeFileSync(filler, Buffer.alloc(2 * sizeBytes));
      } catch {
        // Whatever there was room for is there now.
      }
    },
    makeRoom: () => {
      rmSync(filler);
    },
    makeReadOnly: () => {
      remount('ro');
    },
    makeWritable: () => {
      remount('rw');
    },
    unmount: () => {
      spawnSync('umount', ['-l', folder]);
    },
  };
}

/** @returns why it could not be done */
function mount(...args: string[]): string | undefined {
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' });
  return status === 0 ? undefined : `mount: ${error?.message ?? stderr}`;
}
