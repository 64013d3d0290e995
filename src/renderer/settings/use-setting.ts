import { useState } from 'react';
import type { ChangeableSetting, SettingChange } from '../../contract/setting-change';
import type { Problem, SettingView } from '../../contract/view-model';
import { useApp, useBridge } from '../bridge/use-bridge';

export interface SettingState {
  /** As main has it; absent until the configuration was read. */
  readonly view: SettingView | undefined;
  /** Why the last change was refused. */
  readonly problem: Problem | undefined;
  /** Resolves to whether main took it. Null: back to what applies without the person's own choice. */
  readonly change: (value: SettingChange['value']) => Promise<boolean>;
}

/** One setting and the way to change it. What is shown is always what main says, never what was just pressed. */
export function useSetting(key: ChangeableSetting): SettingState {
  const { settings } = useApp();
  const { commands } = useBridge();
  const [problem, setProblem] = useState<Problem>();
  return {
    view: settings.find((setting) => setting.key === key),
    problem,
    async change(value) {
      setProblem(undefined);
      const outcome = await commands.ask((client) => client.changeSetting({ key, value }));
      if (outcome?.ok === true) return true;
      setProblem(outcome?.problem ?? { code: 'INTERNAL_ERROR', params: {} });
      return false;
    },
  };
}
