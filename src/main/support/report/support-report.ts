import { collectReport, type ReportSources } from './collect-report';
import { formatReport } from './format-report';
import { type People, withoutNames } from './mask';
import { withoutSecrets } from './redact';
import type { ReportContent } from './report-content';

export interface ReportParts extends ReportSources {
  /** The account on this computer. */
  readonly person: Pick<People, 'userName' | 'homeFolder'>;
}

/** Whether e-mail addresses, accounts, user names and the home folder are in a report as they are. */
export type Names = 'masked' | 'shown';

/** The report: collected once, then shown and saved as often as wanted, always the same one. */
export class SupportReport {
  readonly #parts: ReportParts;
  #content: ReportContent | undefined;
  #controller = new AbortController();

  constructor(parts: ReportParts) {
    this.#parts = parts;
  }

  /** Collects anew; a collection under way is cut short. */
  async collect(): Promise<void> {
    this.cancel();
    const controller = new AbortController();
    this.#controller = controller;
    const content = await collectReport(this.#parts, controller.signal);
    if (!controller.signal.aborted) this.#content = content;
  }

  cancel(): void {
    this.#controller.abort();
  }

  /** The text of what was collected; undefined before that. */
  text(names: Names): string | undefined {
    if (this.#content === undefined) return undefined;
    const { registries } = this.#content;
    const clientIds = registries.flatMap(({ view }) => view.oauth?.clientId ?? []);
    const text = withoutSecrets(formatReport(this.#content), { clientIds });
    if (names === 'shown') return text;
    const accounts = registries.flatMap(({ view: { session } }) =>
      'account' in session ? [session.account] : [],
    );
    return withoutNames(text, { ...this.#parts.person, accounts });
  }
}
