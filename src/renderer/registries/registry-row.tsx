import { Lock } from 'lucide-react';
import { memo, type Ref, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRegistry } from '../bridge/use-bridge';
import { detailsId } from '../details/details-id';
import { HostName } from '../ui/host-name';
import { MainButton } from './main-button';
import { ReachabilityText } from './reachability-text';
import { RowUnfolded } from './row-unfolded';
import { StatusBadge } from './status-badge';

interface Props {
  readonly id: string;
  readonly open: boolean;
  readonly onOpen: (id: string) => void;
  /** Where the row stands when only the rows in sight are in the page: its index, of how many, and how far down in pixels. */
  readonly index?: number;
  readonly count?: number;
  readonly top?: number;
  /** Told the element, so that its real height is known. */
  readonly measure?: Ref<HTMLLIElement>;
}

/** One registry of the list. It draws again when its own registry changes, and for nothing else. */
export const RegistryRow = memo(function RegistryRow({
  id,
  open,
  onOpen,
  index,
  count,
  top,
  measure,
}: Props) {
  const { t } = useTranslation();
  const registry = useRegistry(id);
  const nameId = useId();
  if (registry === undefined) return null;
  return (
    <li
      ref={measure}
      className="row"
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
      aria-labelledby={nameId}
      aria-posinset={index === undefined ? undefined : index + 1}
      aria-setsize={count}
      data-index={index}
      data-registry={id}
      data-open={open}
    >
      <div className="row-head">
        <span className="row-initial" aria-hidden>
          {initialOf(registry.name)}
        </span>
        <div className="row-identity">
          <div className="row-title">
            <button
              type="button"
              id={nameId}
              className="row-name"
              aria-expanded={open}
              aria-controls={open ? detailsId : undefined}
              onClick={() => {
                onOpen(id);
              }}
            >
              {registry.name}
            </button>
            {registry.locked && (
              <span
                role="img"
                className="row-lock"
                aria-label={t('registries.locked')}
                title={t('registries.locked')}
              >
                <Lock className="icon" aria-hidden />
              </span>
            )}
          </div>
          <span className="row-host">
            <HostName host={registry.host} />
          </span>
        </div>
        <div className="row-state">
          <StatusBadge session={registry.session} part="status" />
          {registry.reachability !== undefined && <ReachabilityText reachability={registry.reachability} />}
        </div>
        <div className="row-action">
          <MainButton registry={registry} />
        </div>
      </div>
      <RowUnfolded registry={registry} />
    </li>
  );
});

/** The first letter or digit of a name; a name of signs alone keeps its first sign. */
function initialOf(name: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0] ?? Array.from(name)[0] ?? '';
  return letter.toLocaleUpperCase();
}
