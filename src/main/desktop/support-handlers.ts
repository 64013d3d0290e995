import type { CommandHandlers } from '../../contract/bridge';
import type { Recovery, SelfTest, Support, SupportReport } from '../support';
import { failed } from '../base/failure';
import { outcome } from './outcome';
import { saveReportFile } from './report-file';

type SupportCommands =
  | 'readRegistryFacts'
  | 'readComputerFacts'
  | 'readActivity'
  | 'startSelfTest'
  | 'cancelSelfTest'
  | 'readSelfTest'
  | 'readKept'
  | 'deleteSetAside'
  | 'resetSession'
  | 'resetGatepass'
  | 'makeReport'
  | 'readReport'
  | 'saveReport';

export interface SupportServices {
  readonly support: Support;
  readonly selfTest: Pick<SelfTest, 'start' | 'cancel' | 'run'>;
  readonly recovery: Pick<Recovery, 'kept' | 'deleteSetAside' | 'resetSession' | 'resetEverything'>;
  readonly report: Pick<SupportReport, 'collect' | 'text'>;
  /** Where a report is saved unless the person chooses another place. */
  readonly documentsFolder: string;
}

/** The commands of the Support screen. */
export function supportHandlers({
  support,
  selfTest,
  recovery,
  report,
  documentsFolder,
}: SupportServices): Pick<CommandHandlers, SupportCommands> {
  return {
    readRegistryFacts: async ({ registryId }) => {
      const facts = await support.registryFacts(registryId);
      return facts === undefined ? {} : { facts };
    },
    readActivity: () => Promise.resolve(support.activity()),
    readComputerFacts: () => support.computerFacts(),
    startSelfTest: (target) => Promise.resolve(outcome(selfTest.start(target))),
    cancelSelfTest: () => {
      selfTest.cancel();
      return Promise.resolve({ ok: true });
    },
    readKept: () => recovery.kept(),
    deleteSetAside: async ({ id }) => outcome(await recovery.deleteSetAside(id)),
    resetSession: async ({ registryId }) => outcome(await recovery.resetSession(registryId)),
    resetGatepass: async () => outcome(await recovery.resetEverything()),
    makeReport: async ({ names }) => {
      await report.collect();
      return textOf(report, names);
    },
    readReport: ({ names }) => Promise.resolve(textOf(report, names)),
    saveReport: async ({ names }) => {
      const text = report.text(names);
      if (text === undefined) return outcome(failed('OP_STALE'));
      const saved = await saveReportFile(text, documentsFolder, Date.now());
      return saved.ok ? { ok: true, ...saved.value } : outcome(saved);
    },
    readSelfTest: () => Promise.resolve(selfTest.run === undefined ? {} : { run: selfTest.run }),
  };
}

function textOf(report: Pick<SupportReport, 'text'>, names: 'masked' | 'shown'): { readonly text?: string } {
  const text = report.text(names);
  return text === undefined ? {} : { text };
}
