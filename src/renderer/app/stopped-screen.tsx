import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../contract/view-model';
import { useApp, useBridge } from '../bridge/use-bridge';
import { ProblemNotice } from '../ui/problem-notice';

/** The page while main works; once it has stopped for good nothing on it could do anything, so only the reason is left. */
export function WhileRunning({ children }: { readonly children: ReactNode }) {
  const { stopped } = useApp();
  return stopped === undefined ? children : <StoppedScreen problem={stopped} />;
}

function StoppedScreen({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation();
  const { commands } = useBridge();
  return (
    <main className="stopped">
      <h1>{t('app.stopped')}</h1>
      <ProblemNotice problem={problem}>
        <button
          type="button"
          className="button"
          autoFocus
          onClick={() => {
            void commands.run('', (client) => client.quit());
          }}
        >
          {t('app.quit')}
        </button>
      </ProblemNotice>
    </main>
  );
}
