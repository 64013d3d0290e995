import { ArrowLeft, ExternalLink } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandClient } from '../../contract/bridge';
import type { ServerDetails as Details, ServerLink } from '../../contract/server-list';
import type { Problem, RegistryView } from '../../contract/view-model';
import { useAnswer } from '../bridge/use-answer';
import { useBridge } from '../bridge/use-bridge';
import { Fact, Facts } from '../details/facts';
import { ProblemNotice } from '../ui/problem-notice';
import { ServerParts } from './server-parts';
import { shownName } from './server-words';
import './server-details.css';

interface Props {
  readonly registry: RegistryView;
  readonly name: string;
  readonly onBack: () => void;
}

/** Everything the registry says of one server. */
export function ServerDetails({ registry, name, onBack }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const { id: registryId } = registry;
  const answer = useAnswer(
    useCallback((client: CommandClient) => client.readServer({ registryId, name }), [registryId, name]),
  );
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const server = answer?.server;
  return (
    <section className="server-details" aria-labelledby="server-details-name">
      <div className="servers-head">
        <button type="button" className="button button-quiet" onClick={onBack}>
          <ArrowLeft className="icon" aria-hidden />
          {t('servers.backToList')}
        </button>
      </div>
      <div className="server-details-body">
        <h3 id="server-details-name" ref={heading} tabIndex={-1}>
          {server === undefined ? name : shownName(server)}
        </h3>
        {answer !== undefined && server === undefined && <p>{t('servers.gone')}</p>}
        {server !== undefined && <About server={server} registry={registry} />}
      </div>
    </section>
  );
}

function About({ server, registry }: { readonly server: Details; readonly registry: RegistryView }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{server.description}</p>
      {server.isDeprecated && <p className="server-warned">{t('servers.deprecatedHint')}</p>}
      <Facts title={t('servers.about')}>
        <Fact term={t('servers.name')} exact>
          {server.name}
        </Fact>
        <Fact term={t('servers.version')} exact>
          {server.version}
        </Fact>
      </Facts>
      <ServerParts server={server} />
      {server.links.length > 0 && <Links server={server} registry={registry} />}
    </>
  );
}

/** Pages of the server. Whose host they lead to is said in full: the registry's author wrote them, not the company. */
function Links({ server, registry }: { readonly server: Details; readonly registry: RegistryView }) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const [problem, setProblem] = useState<Problem>();
  const open = async ({ kind: link }: ServerLink) => {
    setProblem(undefined);
    const question = { registryId: registry.id, name: server.name, link };
    const outcome = await commands.ask((client) => client.openServerLink(question));
    if (outcome?.ok !== true) setProblem(outcome?.problem ?? { code: 'INTERNAL_ERROR', params: {} });
  };
  return (
    <section className="facts">
      <h4>{t('servers.links')}</h4>
      {server.links.map((link) => (
        <button
          key={link.kind}
          type="button"
          className="button button-small server-link"
          title={link.url}
          onClick={() => void open(link)}
        >
          <ExternalLink className="icon" aria-hidden />
          {t(`servers.link.${link.kind}`, { host: link.host })}
        </button>
      ))}
      {problem !== undefined && <ProblemNotice problem={problem} registry={registry} />}
    </section>
  );
}
