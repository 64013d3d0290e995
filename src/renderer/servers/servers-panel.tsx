import { ArrowLeft } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistryView } from '../../contract/view-model';
import { MainButton } from '../registries/main-button';
import { ProblemNotice } from '../ui/problem-notice';
import { ListedServers } from './listed-servers';
import './servers.css';

interface Props {
  readonly registry: RegistryView;
  readonly onBack: () => void;
}

/** The servers of a registry, for whoever is signed in to it; nothing of them for anybody else. */
export function ServersPanel({ registry, onBack }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // The servers are the top thing: the details behind them stay open.
    event.stopPropagation();
    onBack();
  };
  const head = (
    <div className="servers-head">
      <button type="button" className="button button-quiet" onClick={onBack}>
        <ArrowLeft className="icon" aria-hidden />
        {t('servers.backToDetails')}
      </button>
      <h3 id="servers-heading" ref={heading} tabIndex={-1}>
        {t('servers.title')}
      </h3>
    </div>
  );
  return (
    <section className="servers" aria-labelledby="servers-heading" onKeyDown={onKeyDown}>
      {mayRead(registry) ? (
        // Another account or another address is another list: nothing of the one may stay in the other.
        <ListedServers key={listOf(registry)} registry={registry} head={head} />
      ) : (
        <>
          {head}
          <SignInFirst registry={registry} />
        </>
      )}
    </section>
  );
}

function mayRead({ session, status }: RegistryView): boolean {
  if (session.kind === 'signing-in') return status === 'authenticated';
  return session.kind === 'signed-in' || session.kind === 'no-sign-in-needed';
}

function listOf({ url, session }: RegistryView): string {
  return JSON.stringify([url, 'account' in session ? session.account : null]);
}

function SignInFirst({ registry }: { readonly registry: RegistryView }) {
  const { t } = useTranslation();
  const problem = 'problem' in registry.session ? registry.session.problem : undefined;
  return (
    <div className="servers-none">
      {problem === undefined ? (
        <p>{t('servers.signInFirst')}</p>
      ) : (
        <ProblemNotice problem={problem} registry={registry} />
      )}
      <MainButton registry={registry} />
    </div>
  );
}
