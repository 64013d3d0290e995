import type { SettingState } from './use-setting';

interface Props {
  readonly title: string;
  readonly setting: SettingState;
  readonly onChange: (on: boolean) => void;
}

/** A setting that is on or off. It moves when main says so, not when it is pressed. */
export function SettingSwitch({ title, setting: { view }, onChange }: Props) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        role="switch"
        checked={view?.value === true}
        disabled={view?.locked !== false}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
      />
      <span>{title}</span>
    </label>
  );
}
