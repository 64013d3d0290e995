import { type CommandLine, type LookingShell, writeReportFile } from './desktop';
import { buildParts } from './parts';

/**
 * `--support-report=FILE`: reads the profile as it lies on the disk, writes the report with names masked, and ends. It
 * never takes the profile's lock, so the vault lets it change nothing, and an app that runs is not disturbed.
 */
export async function reportAndExit(
  file: string,
  { userDataFolder, version, whenReady, exit }: LookingShell,
  { policyDir }: CommandLine,
): Promise<void> {
  await whenReady();
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
  else console.error(`The support report could not be written to ${file}`);
  exit(written.ok ? 0 : 1);
}
