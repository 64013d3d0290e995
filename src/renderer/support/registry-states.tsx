import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Code } from '../../contract/codes';
import type { RegistryView } from '../../contract/view-model';
import { useRegistry, useSelected } from '../bridge/use-bridge';
import type { ViewStore } from '../bridge/view-store';
import { CodeLink } from '../guide/help-link';
import { rowProblems } from '../registries/row-problems';
import { StatusBadge } from '../registries/status-badge';
import { RegistryFactsPanel } from './registry-facts-panel';

const order = (view: ViewStore) => view.order();

/** Every registry with its state and the code of what is wrong; everything else of one unfolds below it. */
export function RegistryStates() {
  const { t } = useTranslation();
  const ids = useSelected(order);
  const titleId = useId();
  return (
    <section className="support-section">
      <h2 id={titleId}>{t('registries.title')}</h2>
      {ids.length === 0 && <p className="support-none">{t('support.noRegistries')}</p>}
      <ul className="support-states" aria-labelledby={titleId}>
        {ids.map((id) => (
          <RegistryState key={id} id={id} />
        ))}
      </ul>
    </section>
  );
}

function RegistryState({ id }: { readonly id: string }) {
  const registry = useRegistry(id);
  const [open, setOpen] = useState(false);
  const panelId = useId();
  if (registry === undefined) return null;
  return (
    <li className="support-state" aria-label={registry.name}>
      <div className="support-state-head">
        <button
          type="button"
          className="support-state-button"
          aria-expanded={open}
          aria-controls={panelId}
          onClick={() => {
            setOpen(!open);
          }}
        >
          <ChevronRight className="icon chevron" aria-hidden />
          <span className="support-state-name">{registry.name}</span>
          <StatusBadge session={registry.session} />
        </button>
        {codesOf(registry).map((code) => (
          <CodeLink key={code} code={code} />
        ))}
      </div>
      <div id={panelId} hidden={!open}>
        {open && <RegistryFactsPanel registry={registry} />}
      </div>
    </li>
  );
}

/** The codes of all that is wrong with a registry now, the one that is shown first in front. */
function codesOf(registry: RegistryView): readonly Code[] {
  const { session } = registry;
  const kept =
    session.kind === 'signed-in' && session.notRemembered !== undefined ? [session.notRemembered] : [];
  return [...new Set([...rowProblems(registry, undefined), ...kept].map(({ code }) => code))];
}
