import {
  type AppShell,
  type CommandLine,
  isPackaged,
  openMainWindow,
  prepareApp,
  prepareToLook,
  readCommandLine,
} from './desktop/first-steps';

const commandLine = readCommandLine(process.argv.slice(1), process.cwd(), isPackaged());
if (commandLine.supportReport === undefined) {
  const shell = prepareApp(commandLine);
  if (shell.isFirstInstance) void open(shell, commandLine);
  else shell.quit();
} else {
  const { supportReport } = commandLine;
  const shell = prepareToLook(commandLine);
  void import('./report-and-exit').then((report) => report.reportAndExit(supportReport, shell, commandLine));
}

/**
 * Opens the window, and loads the app itself while the browser and the page start in processes of their own: it is a
 * hundred times as large as what was loaded to get here.
 */
async function open(shell: AppShell, given: CommandLine): Promise<void> {
  const loading = import('./start');
  const started: Promise<void> = shell
    .whenReady(() => started)
    .then(async () => {
      const opened = openMainWindow();
      const { start } = await loading;
      // Closed before it could do anything: there is nothing to end either.
      if (!opened.window.isDestroyed()) start(shell, given, opened);
    });
  await started;
}
