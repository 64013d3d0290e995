import { useTranslation } from 'react-i18next';
import type { CommandClient } from '../../contract/bridge';
import { useAnswer } from '../bridge/use-answer';
import { useApp, useSelected } from '../bridge/use-bridge';
import type { ViewStore } from '../bridge/view-store';
import { Fact, Facts } from '../details/facts';
import { KeySource } from './key-source';
import { Moment } from './moment';
import { StoredSignIns } from './stored-sign-ins';

const readComputerFacts = (client: CommandClient) => client.readComputerFacts();

/** The key that seals tokens is found when the first session needs it. */
const sessionKinds = (view: ViewStore) => view.order().map((id) => view.registry(id)?.session.kind);

/** This computer and this profile: versions, places, and where secrets are kept. */
export function ComputerSection() {
  const { t } = useTranslation();
  const app = useApp();
  const facts = useAnswer(readComputerFacts, useSelected(sessionKinds));
  if (facts === undefined) return null;
  return (
    <div className="support-panel">
      <Facts title={t('support.computer')}>
        <Fact term={t('support.version')}>{facts.version}</Fact>
        <Fact term={t('support.startedAt')}>
          <Moment at={facts.startedAt} />
        </Fact>
        <Fact term={t('support.keySource')}>
          <KeySource source={facts.keySource} />
        </Fact>
        <Fact term={t('support.parts')} exact>
          {facts.parts.map(({ name, version }) => `${name} ${version}`).join(' · ')}
        </Fact>
        <Fact term={t('support.profileFolder')} exact>
          {facts.profileFolder}
        </Fact>
        <Fact term={t('support.configurationFile')} exact>
          {app.configurationFile}
        </Fact>
      </Facts>
      <StoredSignIns facts={facts} />
    </div>
  );
}
