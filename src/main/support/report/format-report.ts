import type { ActivityEntry } from '../../../contract/activity';
import type { CheckView, SelfTestRun } from '../../../contract/self-test';
import type { ComputerFacts } from '../../../contract/support-view';
import type { AppView, SettingView } from '../../../contract/view-model';
import { plainText } from '../../base/failure';
import { causesIn } from './causes';
import { registryLines } from './format-registry';
import { line, moment, problemWords, section } from './lines';
import type { ReportContent } from './report-content';

/**
 * The report as one readable text, in English: causes first, then everything they were concluded from. Codes are looked
 * up in docs/support.md. Not fit to be shown before {@link withoutSecrets} and {@link withoutNames}.
 */
export function formatReport(content: ReportContent): string {
  const { madeAt, computer, app, registries, furtherRegistries, selfTests, activity } = content;
  const causes = causesIn(content);
  return [
    'Gatepass support report',
    line('Made', moment(madeAt)),
    'It holds no password and no token. What looked like one was replaced by [redacted].',
    ...section('What is wrong', causes.length === 0 ? ['  nothing that Gatepass knows of'] : causes),
    ...section('This computer', computerLines(computer, app)),
    ...registries.flatMap(({ view, facts }) => section(`Registry ${view.name}`, registryLines(view, facts))),
    ...(furtherRegistries === 0
      ? []
      : [`  … and ${furtherRegistries} more registries without a known problem`]),
    ...section('Settings in force', app.settings.map(settingLine)),
    ...section('Problems of the configuration', problemLines(app)),
    ...selfTests.flatMap((run) =>
      section(`Self-test: ${targetName(run, content)}`, run.checks.flatMap(checkLines)),
    ),
    ...section('Activity, oldest first', activity.map(entryLine)),
    '',
  ].join('\n');
}

function computerLines(computer: ComputerFacts, { configurationFile, gateway, keychain }: AppView): string[] {
  const { version, parts, profileFolder, startedAt, keySource } = computer;
  const key = keySource.code === undefined ? keySource.kind : `${keySource.kind} (${keySource.code})`;
  return [
    line('Gatepass', version),
    ...parts.map((part) => line(part.name, part.version)),
    line('started', moment(startedAt)),
    line('profile folder', profileFolder),
    line('configuration file', configurationFile),
    line('key that seals tokens', key),
    ...(keychain.kind === 'missing' ? [line('keychain', problemWords(keychain.problem))] : []),
    ...setAsideLines(computer),
    line('gateway', gateway.kind === 'failed' ? problemWords(gateway.problem) : gateway.kind),
  ];
}

function setAsideLines({ setAside }: Pick<ComputerFacts, 'setAside'>): string[] {
  if (setAside === 'unreadable') return [line('set aside', 'not known: the folder cannot be listed')];
  return setAside.map(({ kind, host, at }) => {
    const what =
      kind === 'data-key'
        ? 'a data key that could not be used'
        : `the sign-in of ${host ?? 'an unknown registry'}`;
    return line('set aside', `${what}, ${moment(at)}`);
  });
}

function settingLine({ key, value, source, location, locked }: SettingView): string {
  const text =
    value === undefined ? '(not set)' : typeof value === 'object' ? `[${value.join(', ')}]` : String(value);
  return line(key, `${text} (${source}${locked ? ', locked' : ''}; ${location})`);
}

const problemLines = ({ configurationProblems }: AppView): string[] =>
  configurationProblems.map((problem) => {
    const { location, line: at } = problem;
    return `  ${at === undefined ? location : `${location}:${at}`}: ${problemWords(problem)}`;
  });

function targetName({ target }: SelfTestRun, { registries }: ReportContent): string {
  if (target.kind === 'computer') return 'this computer';
  return registries.find(({ view }) => view.id === target.registryId)?.view.name ?? target.registryId;
}

function checkLines(check: CheckView): string[] {
  if (check.state !== 'done') return [line(check.name, 'not run')];
  const { verdict, tried, facts = [], problem } = check.outcome;
  return [
    line(check.name, `${verdict.toUpperCase()}, ${check.durationMs} ms`),
    ...(problem === undefined ? [] : [`      ${problemWords(problem)}`]),
    ...(tried === undefined ? [] : [`      tried: ${plainText(tried)}`]),
    ...facts.map(({ name, value }) => `      ${name}: ${plainText(value)}`),
  ];
}

function entryLine({
  at,
  level,
  name,
  registryId,
  kind,
  code,
  durationMs,
  correlationId,
}: ActivityEntry): string {
  const about = [
    name,
    kind,
    registryId,
    code,
    durationMs === undefined ? undefined : `${durationMs} ms`,
    correlationId,
  ];
  return `  ${moment(at)} ${level} ${about.filter((part) => part !== undefined).join(' ')}`;
}
