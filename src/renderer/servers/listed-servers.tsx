import {
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { ServersAnswer } from '../../contract/server-list';
import type { RegistryView } from '../../contract/view-model';
import { useAnnounce } from '../ui/announcer';
import { ProblemNotice } from '../ui/problem-notice';
import { findServers, searchable } from './find-servers';
import { ListState } from './list-state';
import { ServerDetails } from './server-details';
import { ServerList, type ServerListHandle } from './server-list';
import { ServersToolbar } from './servers-toolbar';
import { useLater } from './use-later';
import { useServers } from './use-servers';

const isTooLong = (answer: ServersAnswer | undefined) =>
  answer?.kind === 'failed' && answer.problem.code === 'REGISTRY_TOO_MANY_SERVERS';

/** Milliseconds without another letter after which a registry is asked, or a count is said aloud. */
const pauseInTyping = 400;

interface Props {
  readonly registry: RegistryView;
  /** Stands above the list, and goes out of sight with it. */
  readonly head: ReactNode;
}

/** The list with its search, and the details of one server in its place. */
export function ListedServers({ registry, head }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  /** Set once the registry has more servers than are read: then it is the one that searches. */
  const [searchedThere, setSearchedThere] = useState(false);
  const typed = useLater(search, pauseInTyping);
  const { answer, isReading, readAgain } = useServers(registry, searchedThere ? typed : '');
  if (isTooLong(answer) && !searchedThere) setSearchedThere(true);
  const [openName, setOpenName] = useState<string>();
  const list = useRef<ServerListHandle>(null);
  const field = useRef<HTMLInputElement>(null);

  const listed = answer?.kind === 'servers' ? answer.servers : undefined;
  const ready = useMemo(() => searchable(listed ?? []), [listed]);
  // The letter that was typed is drawn first, the list behind it.
  const filter = useDeferredValue(searchedThere ? '' : search);
  const shown = useMemo(() => findServers(ready, filter), [ready, filter]);
  useAnnouncedCount(listed === undefined ? undefined : shown.length, search);

  const back = () => {
    const name = openName;
    setOpenName(undefined);
    // The list is hidden until this change is drawn.
    if (name !== undefined) requestAnimationFrame(() => list.current?.focusServer(name));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = event.target === field.current;
    if (event.key === '/' && !isTyping && openName === undefined) {
      event.preventDefault();
      field.current?.focus();
    } else if (event.key === 'Escape' && openName !== undefined) back();
    else if (event.key === 'Escape' && isTyping && search !== '') setSearch('');
    else return;
    event.stopPropagation();
  };

  return (
    <div className="servers-body" onKeyDown={onKeyDown}>
      {/* Hidden rather than taken away, so that it is where it was when the details close. */}
      <div className="servers-list" style={openName === undefined ? undefined : { visibility: 'hidden' }}>
        {head}
        <ServersToolbar
          search={search}
          onSearch={setSearch}
          fieldRef={field}
          isReading={isReading}
          onReadAgain={readAgain}
        />
        {answer?.kind === 'failed' && <ProblemNotice problem={answer.problem} registry={registry} />}
        <ListState registry={registry} answer={answer} isReading={isReading} shown={shown.length} />
        {listed !== undefined && listed.length > 0 && shown.length === 0 && (
          <div className="servers-none">
            <p>{t('servers.noMatch')}</p>
            <button
              type="button"
              className="button"
              onClick={() => {
                setSearch('');
                field.current?.focus();
              }}
            >
              {t('servers.showAll')}
            </button>
          </div>
        )}
        {shown.length > 0 && (
          <ServerList
            servers={shown}
            label={t('servers.of', { name: registry.name })}
            onOpen={setOpenName}
            handle={list}
          />
        )}
      </div>
      {openName !== undefined && <ServerDetails registry={registry} name={openName} onBack={back} />}
    </div>
  );
}

/** Says how many servers there are, once the typing has paused. */
function useAnnouncedCount(count: number | undefined, search: string): void {
  const { t } = useTranslation();
  const announce = useAnnounce();
  useEffect(() => {
    if (count === undefined) return undefined;
    const timer = setTimeout(() => {
      announce(t('servers.found', { count }));
    }, pauseInTyping);
    return () => {
      clearTimeout(timer);
    };
  }, [announce, count, search, t]);
}
