import { useTranslation } from 'react-i18next';

interface Props {
  /** Ids and names. */
  readonly registries: readonly (readonly [string, string])[];
  readonly registryId: string;
  readonly onChoice: (registryId: string) => void;
  /** Words for "all of them", the choice with the empty id; absent where just one is meant. */
  readonly every?: string;
}

/** Which registry a tab of Support is about. */
export function RegistryChoice({ registries, registryId, onChoice, every }: Props) {
  const { t } = useTranslation();
  return (
    <select
      className="select"
      aria-label={t('activity.registry')}
      value={registryId}
      onChange={(event) => {
        onChoice(event.target.value);
      }}
    >
      {every !== undefined && <option value="">{every}</option>}
      {registries.map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
