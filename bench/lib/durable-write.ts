import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** The least that survives a power cut: temporary file, fsync, rename, fsync of the folder. */
export async function bareDurableWrite(folder: string, bytes: Buffer): Promise<void> {
  const temporary = join(folder, 'record.tmp');
  const file = await open(temporary, 'w', 0o600);
  await file.write(bytes);
  await file.sync();
  await file.close();
  await rename(temporary, join(folder, 'record'));
  const opened = await open(folder, 'r');
  await opened.sync();
  await opened.close();
}

/** As large as a sealed session record. */
export const recordBytes = Buffer.alloc(1500, 7);
