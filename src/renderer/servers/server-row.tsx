import { memo, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerSummary } from '../../contract/server-list';
import { shownName, wayKeys } from './server-words';

interface Props {
  readonly server: ServerSummary;
  readonly onOpen: (name: string) => void;
  /** Where the row stands: its index, of how many, and how far down in pixels. */
  readonly index: number;
  readonly count: number;
  readonly top: number;
  /** Told the element, so that its real height is known. */
  readonly measure: Ref<HTMLLIElement>;
}

/** One server: what it is called, what it does and how it runs. */
export const ServerRow = memo(function ServerRow({ server, onOpen, index, count, top, measure }: Props) {
  const { t } = useTranslation();
  const { name, description, version, runs, isDeprecated } = server;
  return (
    <li
      ref={measure}
      className="server"
      style={{ transform: `translateY(${top}px)` }}
      aria-posinset={index + 1}
      aria-setsize={count}
      data-index={index}
      data-server={name}
    >
      <button
        type="button"
        className="server-name"
        onClick={() => {
          onOpen(name);
        }}
      >
        {shownName(server)}
      </button>
      <span className="server-id">
        <span className="exact">{name}</span> <span className="server-version">{version}</span>
      </span>
      <span className="server-about">{description}</span>
      <span className="server-ways">
        {isDeprecated && <span className="server-way server-warned">{t('servers.deprecated')}</span>}
        {runs.map((way) => (
          <span key={way} className="server-way">
            {t(wayKeys[way])}
          </span>
        ))}
      </span>
    </li>
  );
});
