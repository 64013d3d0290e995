import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type Ref, useCallback, useImperativeHandle, useRef, useState } from 'react';
import type { ServerSummary } from '../../contract/server-list';
import { rowsInSightAnd } from '../registries/row-focus';
import { neighbour } from '../ui/neighbour';
import { ServerRow } from './server-row';

/** What the panel may ask of the list. */
export interface ServerListHandle {
  /** Moves the focus to a server, scrolling it into sight first. */
  focusServer(name: string): void;
}

interface Props {
  readonly servers: readonly ServerSummary[];
  readonly label: string;
  readonly onOpen: (name: string) => void;
  readonly handle: Ref<ServerListHandle>;
}

/** Height in pixels of a row, until the real one is measured. */
const rowHeight = 103;

/** The servers, of which only those in sight are in the page; arrows, Home and End move between them. */
export function ServerList({ servers, label, onOpen, handle }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [focused, setFocused] = useState<string>();
  const indexOf = (name: string) => servers.findIndex((server) => server.name === name);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by the React Compiler
  const virtualizer = useVirtualizer({
    count: servers.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    // A new function would make the virtualizer go through the whole list with every frame.
    getItemKey: useCallback((index: number) => servers[index]?.name ?? index, [servers]),
    overscan: 6,
    // The row that has the focus stays in the page when it is scrolled out of sight; the focus would be lost with it.
    rangeExtractor: (range) => rowsInSightAnd(range, focused === undefined ? -1 : indexOf(focused)),
  });

  const focusServer = (name: string) => {
    const index = indexOf(name);
    if (index < 0 || focusRow(list.current, name)) return;
    virtualizer.scrollToIndex(index);
    setFocused(name);
    requestAnimationFrame(() => void focusRow(list.current, name));
  };
  useImperativeHandle(handle, () => ({ focusServer }));

  const onKeyDown = (event: KeyboardEvent) => {
    const name = serverOf(event.target);
    if (name === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = neighbour(indexOf(name), servers.length, event.key);
    if (target === undefined) return;
    event.preventDefault();
    focusServer(servers[target]?.name ?? name);
  };

  return (
    <div className="servers-scroll" ref={setScroller}>
      <ul
        ref={list}
        className="servers-rows"
        aria-label={label}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          setFocused(serverOf(event.target));
        }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const server = servers[index];
          return server === undefined ? null : (
            <ServerRow
              key={server.name}
              server={server}
              onOpen={onOpen}
              index={index}
              count={servers.length}
              top={start}
              measure={virtualizer.measureElement}
            />
          );
        })}
      </ul>
    </div>
  );
}

function serverOf(element: EventTarget): string | undefined {
  if (!(element instanceof Element)) return undefined;
  return element.closest<HTMLElement>('[data-server]')?.dataset.server;
}

/** False if the row is not in the page. */
function focusRow(list: HTMLElement | null, name: string): boolean {
  const rows = list === null ? [] : [...list.children];
  const row = rows.find((child) => child instanceof HTMLElement && child.dataset.server === name);
  row?.querySelector('button')?.focus();
  return row !== undefined;
}
