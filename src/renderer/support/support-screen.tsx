import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Tabs } from '../ui/tabs';
import '../ui/fields.css';
import '../ui/tabs.css';
import { ActivityTab } from './activity-tab';
import { EffectiveSettings } from './effective-settings';
import { GuideTab } from './guide-tab';
import { RecoveryTab } from './recovery-tab';
import { ReportTab } from './report-tab';
import { SelfTestTab } from './self-test-tab';
import { StateTab } from './state-tab';
import './activity.css';
import './support.css';

const tabs = [
  { id: 'state', Content: StateTab },
  { id: 'settings', Content: EffectiveSettings },
  { id: 'activity', Content: ActivityTab },
  { id: 'self-test', Content: SelfTestTab },
  { id: 'report', Content: ReportTab },
  { id: 'recovery', Content: RecoveryTab },
  { id: 'guide', Content: GuideTab },
] as const;

/** What is wrong, for the person who helps: everything that may be seen of sessions, and nothing that is secret. */
export function SupportScreen() {
  const { t } = useTranslation();
  const [tab, setTab] = useState<string>('state');
  return (
    <div className="support">
      <header className="screen-header">
        <h1 tabIndex={-1}>{t('support.title')}</h1>
        <p className="support-lead">{t('support.lead')}</p>
      </header>
      <div className="list-scroll">
        <Tabs
          label={t('support.title')}
          tabs={tabs.map((each) => ({ ...each, title: t(`support.tab.${each.id}`) }))}
          current={tab}
          onChoose={setTab}
        />
      </div>
    </div>
  );
}
