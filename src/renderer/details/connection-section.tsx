import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistryView } from '../../contract/view-model';
import { useBridge } from '../bridge/use-bridge';
import { ReachabilityText } from '../registries/reachability-text';
import { rowProblems } from '../registries/row-problems';
import { useAnnounce } from '../ui/announcer';
import { ProblemNotice } from '../ui/problem-notice';

/** Whether the registry itself answers, and the button that asks it. */
export function ConnectionSection({ registry }: { readonly registry: RegistryView }) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const announceResult = useAnnouncedResult(registry);
  const { id: registryId, reachability } = registry;
  const problem = reachability?.kind === 'fails' ? reachability.problem : undefined;
  const isToldByRow = rowProblems(registry, undefined).some(({ code }) => code === problem?.code);
  return (
    <section className="facts">
      <h3>{t('details.answer')}</h3>
      <div className="connection">
        {reachability === undefined ? (
          <span className="reachability">{t('reachability.notChecked')}</span>
        ) : (
          <ReachabilityText reachability={reachability} />
        )}
        <button
          type="button"
          className="button button-small"
          onClick={() => {
            announceResult();
            void commands.run(registryId, (client) => client.checkRegistry({ registryId }));
          }}
        >
          {t('reachability.checkNow')}
        </button>
      </div>
      {problem !== undefined && !isToldByRow && <ProblemNotice problem={problem} registry={registry} />}
    </section>
  );
}

/** Announces the next result, once: checks that nobody asked for are not worth an interruption. */
function useAnnouncedResult({ name, reachability }: RegistryView): () => void {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const asked = useRef(false);
  const checkedAt =
    reachability !== undefined && 'checkedAt' in reachability ? reachability.checkedAt : undefined;
  const kind = reachability?.kind;
  useEffect(() => {
    if (!asked.current || checkedAt === undefined || kind === undefined || kind === 'checking') return;
    asked.current = false;
    announce(t(`announce.${kind}`, { name }));
  }, [announce, checkedAt, kind, name, t]);
  return () => {
    asked.current = true;
  };
}
