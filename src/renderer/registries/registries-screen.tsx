import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HeaderActions } from '../add-registry/header-actions';
import { useApp, useBridge, useSelected } from '../bridge/use-bridge';
import type { ViewStore } from '../bridge/view-store';
import { RegistryDetails } from '../details/registry-details';
import { useNarrow } from '../ui/use-narrow';
import { ConfigurationBanner } from './configuration-banner';
import { FirstRun } from './first-run';
import { KeychainBanner } from './keychain-banner';
import { ListToolbar } from './list-toolbar';
import { type ListHandle, RegistryList } from './registry-list';
import { rowOf } from './row-focus';
import { type Filter, visibleIds } from './visible-registries';

/** More registries than this are searched rather than looked through. */
const manyRegistries = 12;

const total = (view: ViewStore) => view.order().length;

/** The home screen: which registries are there, am I in, one button each; the details of one beside or over the list. */
export function RegistriesScreen() {
  const { t } = useTranslation();
  const { view, commands } = useBridge();
  const app = useApp();
  const narrow = useNarrow();
  const count = useSelected(total);
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const [chosenId, setOpenId] = useState<string>();
  const list = useRef<ListHandle>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);

  const searchable = count > manyRegistries;
  const shownSearch = searchable ? search : '';
  const shownFilter = searchable ? filter : 'all';
  const ids = useSelected(
    useCallback((store) => visibleIds(store, shownSearch, shownFilter), [shownSearch, shownFilter]),
  );
  const stillThere = useCallback(
    (store: ViewStore) =>
      chosenId !== undefined && store.registry(chosenId) !== undefined ? chosenId : null,
    [chosenId],
  );
  const openId = useSelected(stillThere) ?? undefined;

  const close = () => {
    setOpenId(undefined);
    // The list is hidden under narrow details until this change is drawn.
    if (openId !== undefined) requestAnimationFrame(() => list.current?.focusRow(openId, 'name'));
  };
  const showAll = () => {
    setSearch('');
    setFilter('all');
  };

  const onKey = (event: KeyboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    if (event.key === '/' && !target.matches('input, textarea') && searchField.current !== null) {
      event.preventDefault();
      searchField.current.focus();
      searchField.current.select();
    }
    if (event.key === 'Escape') escape(target);
  };
  const escape = (target: HTMLElement) => {
    const rowId = rowOf(target);
    if (openId !== undefined) close();
    else if (target === searchField.current) setSearch('');
    else if (rowId !== undefined && view.registry(rowId)?.session.kind === 'signing-in') {
      void commands.run(rowId, (client) => client.cancelSignIn({ registryId: rowId }));
      list.current?.focusRow(rowId, 'main-button');
    }
  };
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  });

  const overList = narrow && openId !== undefined;
  return (
    <div className="screen" data-details={openId !== undefined}>
      {/* Hidden rather than taken away, so that it is where it was when the details close. */}
      <div className="list-pane" style={overList ? { visibility: 'hidden' } : undefined}>
        <header className="screen-header">
          <div className="screen-title">
            <h1 tabIndex={-1}>{t('registries.title')}</h1>
            {count > 0 && <HeaderActions />}
          </div>
          {searchable && (
            <ListToolbar
              search={search}
              onSearch={setSearch}
              filter={filter}
              onFilter={setFilter}
              searchRef={searchField}
            />
          )}
        </header>
        <div className="list-scroll" ref={setScroller}>
          <KeychainBanner keychain={app.keychain} />
          <ConfigurationBanner app={app} />
          {!app.loaded && count === 0 && <p className="loading">{t('app.loading')}</p>}
          {app.loaded && count === 0 && <FirstRun />}
          {count > 0 && ids.length === 0 && (
            <div className="nothing">
              <p>{t('registries.noMatch')}</p>
              <button type="button" className="button" onClick={showAll}>
                {t('registries.showAll')}
              </button>
            </div>
          )}
          {ids.length > 0 && (
            <RegistryList ids={ids} openId={openId} onOpen={setOpenId} scroller={scroller} handle={list} />
          )}
        </div>
      </div>
      {openId !== undefined && <RegistryDetails key={openId} id={openId} narrow={narrow} onClose={close} />}
    </div>
  );
}
