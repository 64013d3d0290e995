import type { ChangeableSetting } from '../../contract/setting-change';
import { SettingRow } from './setting-row';
import { SettingSwitch } from './setting-switch';
import { useSetting } from './use-setting';

interface Props {
  readonly of: ChangeableSetting;
  readonly title: string;
  readonly hint: string;
}

/** A setting that is on or off and asks nothing before. */
export function SwitchRow({ of, title, hint }: Props) {
  const setting = useSetting(of);
  return (
    <SettingRow title={title} hint={hint} setting={setting}>
      <SettingSwitch title={title} setting={setting} onChange={(on) => void setting.change(on)} />
    </SettingRow>
  );
}
