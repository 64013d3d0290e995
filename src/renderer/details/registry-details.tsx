import { ArrowLeft, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RegistryActions } from '../add-registry/registry-actions';
import { useRegistry } from '../bridge/use-bridge';
import { MainButton } from '../registries/main-button';
import { RowUnfolded } from '../registries/row-unfolded';
import { StatusBadge } from '../registries/status-badge';
import { ConnectionSection } from './connection-section';
import { detailsId } from './details-id';
import { RegistrySection } from './registry-section';
import { ServersSection } from './servers-section';
import { SignInSection } from './sign-in-section';
import { TokenSection } from './token-section';

/** Loaded when it is first opened: whoever only signs in never pays for it. */
const ServersPanel = lazy(() =>
  import('../servers/servers-panel').then((module) => ({ default: module.ServersPanel })),
);

interface Props {
  readonly id: string;
  /** True when the panel lies over the list: it then also carries what the row would show. */
  readonly narrow: boolean;
  readonly onClose: () => void;
}

/** Everything about one registry, for the person who sets it up or helps with it. */
export function RegistryDetails({ id, narrow, onClose }: Props) {
  const { t } = useTranslation();
  const registry = useRegistry(id);
  const heading = useRef<HTMLHeadingElement>(null);
  const wayToServers = useRef<HTMLButtonElement>(null);
  const [shown, setShown] = useState<'facts' | 'servers'>('facts');
  useEffect(() => {
    heading.current?.focus();
  }, []);
  if (registry === undefined) return null;
  const showFacts = () => {
    setShown('facts');
    // The button is not in the page until this change is drawn.
    requestAnimationFrame(() => wayToServers.current?.focus());
  };
  const headingId = `${detailsId}-name`;
  return (
    <section id={detailsId} className="details" data-over-list={narrow} aria-labelledby={headingId}>
      <header className="details-header">
        {narrow && (
          <button type="button" className="button button-quiet" onClick={onClose}>
            <ArrowLeft className="icon" aria-hidden />
            {t('details.back')}
          </button>
        )}
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          {registry.name}
        </h2>
        {!narrow && (
          <button
            type="button"
            className="button button-quiet"
            aria-label={t('details.close')}
            onClick={onClose}
          >
            <X className="icon" aria-hidden />
          </button>
        )}
      </header>
      {shown === 'servers' ? (
        <Suspense fallback={null}>
          <ServersPanel registry={registry} onBack={showFacts} />
        </Suspense>
      ) : (
        <div className="details-body">
          {narrow && (
            <div className="details-state">
              <StatusBadge session={registry.session} />
              <MainButton registry={registry} />
              <RowUnfolded registry={registry} />
            </div>
          )}
          <ServersSection
            buttonRef={wayToServers}
            onShow={() => {
              setShown('servers');
            }}
          />
          <RegistrySection registry={registry} />
          <ConnectionSection registry={registry} />
          {registry.oauth !== undefined && <SignInSection registry={registry} oauth={registry.oauth} />}
          {registry.token !== undefined && <TokenSection registry={registry} token={registry.token} />}
          <RegistryActions registry={registry} />
        </div>
      )}
    </section>
  );
}
