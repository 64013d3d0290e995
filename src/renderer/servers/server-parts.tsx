import { useTranslation } from 'react-i18next';
import type { ServerDetails, ServerInput } from '../../contract/server-list';

/** How a server runs: at which addresses, from which packages, and what it wants to be given. */
export function ServerParts({ server }: { readonly server: ServerDetails }) {
  const { t } = useTranslation();
  const { remotes, packages } = server;
  return (
    <section className="facts">
      <h4>{t('servers.runs')}</h4>
      {remotes.length + packages.length === 0 && <p>{t('servers.runsUnknown')}</p>}
      {remotes.map(({ type, url, inputs }, index) => (
        <Part key={index} kind={`${t('servers.way.remote')} · ${type}`} value={url} inputs={inputs} />
      ))}
      {packages.map(({ type, identifier, version, inputs }, index) => (
        <Part
          key={index}
          kind={version === undefined ? packageName(type) : `${packageName(type)} · ${version}`}
          value={identifier}
          inputs={inputs}
        />
      ))}
    </section>
  );
}

const names: Readonly<Record<string, string>> = { npm: 'npm', pypi: 'PyPI', oci: 'OCI' };
const packageName = (type: string): string => names[type] ?? type;

interface PartProps {
  readonly kind: string;
  readonly value: string;
  readonly inputs: readonly ServerInput[];
}

function Part({ kind, value, inputs }: PartProps) {
  const { t } = useTranslation();
  return (
    <div className="server-part">
      <span className="server-way">{kind}</span>
      <span className="exact">{value}</span>
      {inputs.length > 0 && (
        <ul className="server-inputs" aria-label={t('servers.inputs')}>
          {inputs.map(({ name, description, isRequired, isSecret }) => (
            <li key={name}>
              <span className="exact">{name}</span>
              {isRequired && <small>{t('servers.required')}</small>}
              {isSecret && <small>{t('servers.secret')}</small>}
              {description !== '' && <span className="field-hint">{description}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
