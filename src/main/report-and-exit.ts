import { type AskedReport, type CommandLine, type LookingShell, writeReportFile } from './desktop';
import { buildParts } from './parts';

/** Why a file could not be written, by the code in REPORT_NOT_SAVED; for a terminal, so in English as the report is. */
const refusals: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'what should be its folder is a file'],
  ['EISDIR', 'there is a folder of that name'],
  ['not-a-file', 'what has that name is not a file'],
  ['EACCES', 'this account may not write there'],
  ['EPERM', 'this account may not write there'],
  ['EROFS', 'nothing can be written on that disk'],
  ['ENOSPC', 'the disk is full'],
]);

/**
 * `--support-report=FILE`: reads the profile as it lies on the disk, writes the report with names masked, and ends. It
 * never takes the profile's lock, so the vault lets it change nothing, and an app that runs is not disturbed.
 * Exit code 0 when the file is written, else 1 with one sentence on the error output: also where no FILE is named, as a
 * window is not what was asked for.
 */
export async function reportAndExit(
  asked: AskedReport,
  { userDataFolder, version, whenReady, exit }: LookingShell,
  { policyDir }: CommandLine,
): Promise<void> {
  await whenReady();
  if (asked.kind === 'no-file-named') {
    console.error('No support report was written: name a file for it, as in --support-report=report.txt');
    exit(1);
    return;
  }
  try {
    exit(await report(asked.file, { userDataFolder, version }, policyDir));
  } catch (error) {
    // Only its kind: what an error says may have come from anywhere.
    console.error(`The support report could not be made: ${error instanceof Error ? error.name : 'Error'}`);
    exit(1);
  }
}

/** @returns the exit code */
async function report(
  file: string,
  { userDataFolder, version }: Pick<LookingShell, 'userDataFolder' | 'version'>,
  policyDir: string | undefined,
): Promise<0 | 1> {
  const parts = buildParts({
    profileFolder: userDataFolder,
    ...(policyDir !== undefined && { policyFolder: policyDir }),
    version,
    push: () => undefined,
    showWindow: () => undefined,
  });
  await parts.vault.list();
  const { registries, settings } = await parts.configuration.start();
  parts.configuration.close();
  parts.sessions.configure(registries, settings.sign_in_timeout_seconds.value);
  await parts.report.collect();
  const written = await writeReportFile(file, parts.report.text('masked') ?? '');
  if (written.ok) console.log(`The support report was written to ${file}`);
  else {
    const { reason } = written.failure.params;
    console.error(
      `The support report could not be written to ${file}: ${refusals.get(reason) ?? `the system says ${reason}`}`,
    );
  }
  return written.ok ? 0 : 1;
}
