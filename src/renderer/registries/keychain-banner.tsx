import { Info } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppView, Problem } from '../../contract/view-model';
import { useBridge } from '../bridge/use-bridge';
import { useAnnounce } from '../ui/announcer';
import { ProblemNotice } from '../ui/problem-notice';

/** What a person has to know or do about the keychain. Nothing while it works. */
export function KeychainBanner({ keychain }: Pick<AppView, 'keychain'>) {
  switch (keychain.kind) {
    case 'nothing-to-say':
      return null;
    case 'missing':
      return <Missing problem={keychain.problem} />;
    case 'opened':
    case 'key-replaced':
      return <News key={keychain.kind} kind={keychain.kind} />;
  }
}

function Missing({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  const announce = useAnnounce();
  const [isAsking, setAsking] = useState(false);
  const retry = async () => {
    if (isAsking) return;
    setAsking(true);
    const answer = await commands.ask((client) => client.retryKeychain());
    setAsking(false);
    const isOpen = answer?.ok === true;
    announce(t(isOpen ? 'keychain.opened' : 'keychain.stillMissing'));
    // The button goes away under the focus.
    if (isOpen) document.querySelector<HTMLElement>('h1')?.focus();
  };
  return (
    <div className="keychain-banner">
      <ProblemNotice problem={problem}>
        <button
          type="button"
          className="button button-small"
          aria-disabled={isAsking}
          onClick={() => {
            void retry();
          }}
        >
          {t(isAsking ? 'keychain.asking' : 'keychain.retry')}
        </button>
      </ProblemNotice>
    </div>
  );
}

/** Told once; a person puts it away. */
function News({ kind }: { readonly kind: 'opened' | 'key-replaced' }) {
  const { t } = useTranslation();
  const [isRead, setRead] = useState(false);
  if (isRead) return null;
  return (
    <div className="notice keychain-banner" data-move="info" role="note">
      <Info className="icon" aria-hidden />
      <div className="notice-body">
        <div className="notice-foot">
          <span>{t(kind === 'opened' ? 'keychain.opened' : 'keychain.keyReplaced')}</span>
          <button
            type="button"
            className="link-button"
            onClick={() => {
              setRead(true);
            }}
          >
            {t('keychain.read')}
          </button>
        </div>
      </div>
    </div>
  );
}
