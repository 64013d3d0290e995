import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem, RegistryFormField, RegistryFormValues } from '../../contract/registry-form';
import { FieldMessage } from './field-message';

/** The texts of the form, by field. */
export type TextField = {
  [F in RegistryFormField]: RegistryFormValues[F] extends string
    ? string extends RegistryFormValues[F]
      ? F
      : never
    : never;
}[RegistryFormField];

/** What each field needs of the form. */
export interface FieldProps {
  readonly values: RegistryFormValues;
  readonly problems: readonly FieldProblem[];
  /** While a check runs nothing can be changed under it. */
  readonly disabled: boolean;
  readonly onChange: (changes: Partial<RegistryFormValues>) => void;
}

/** Marks the element that takes the focus when this field has a problem. */
export const fieldAttribute = 'data-field';

interface TextProps extends FieldProps {
  readonly field: TextField;
  readonly label: string;
  readonly hint?: string;
  /** Addresses and ids stand in a type that tells similar letters apart. */
  readonly exact?: boolean;
  readonly inputMode?: 'url' | 'numeric';
  readonly autoFocus?: boolean;
}

/** One line of text with its label, its hint, and what is wrong with it. */
export function TextFieldRow(props: TextProps) {
  const { field, label, hint, exact = false, inputMode, autoFocus = false } = props;
  const { values, problems, disabled, onChange } = props;
  const id = useId();
  const problem = problems.find((candidate) => candidate.field === field);
  return (
    <FieldRow id={id} label={label} hint={hint} {...messageOf(problem, field, onChange)}>
      {(describedBy) => (
        <input
          id={id}
          className={exact ? 'text-input exact' : 'text-input'}
          {...{ [fieldAttribute]: field }}
          value={values[field]}
          inputMode={inputMode}
          autoFocus={autoFocus}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={field === 'name' ? undefined : false}
          readOnly={disabled}
          aria-invalid={problem !== undefined}
          aria-describedby={describedBy}
          onChange={(event) => {
            onChange({ [field]: event.target.value });
          }}
        />
      )}
    </FieldRow>
  );
}

interface ChoiceProps<F extends 'audienceParameter' | 'callbackHost'> extends FieldProps {
  readonly field: F;
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: RegistryFormValues[F]; readonly text: string }[];
}

/** One of a few values. */
export function ChoiceRow<F extends 'audienceParameter' | 'callbackHost'>(props: ChoiceProps<F>) {
  const { field, label, hint, options, values, problems, disabled, onChange } = props;
  const id = useId();
  const problem = problems.find((candidate) => candidate.field === field);
  return (
    <FieldRow id={id} label={label} hint={hint} {...messageOf(problem, field, onChange)}>
      {(describedBy) => (
        <select
          id={id}
          className="text-input"
          {...{ [fieldAttribute]: field }}
          value={values[field]}
          disabled={disabled}
          aria-invalid={problem !== undefined}
          aria-describedby={describedBy}
          onChange={(event) => {
            const chosen = options.find(({ value }) => value === event.target.value);
            if (chosen !== undefined) onChange({ [field]: chosen.value });
          }}
        >
          {options.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </FieldRow>
  );
}

function messageOf(
  problem: FieldProblem | undefined,
  field: RegistryFormField,
  onChange: FieldProps['onChange'],
) {
  if (problem === undefined) return {};
  const use = (value: string) => {
    onChange({ [field]: value });
    document.querySelector<HTMLElement>(`[${fieldAttribute}="${field}"]`)?.focus();
  };
  return { message: <FieldMessage problem={problem} onUse={use} /> };
}

interface RowProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly message?: ReactNode;
  readonly children: (describedBy: string | undefined) => ReactNode;
}

function FieldRow({ id, label, hint, message, children }: RowProps) {
  const { t } = useTranslation();
  const hintId = `${id}-hint`;
  const messageId = `${id}-message`;
  const described = [message !== undefined && messageId, hint !== undefined && hintId].filter(
    (part) => part !== false,
  );
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(described.length === 0 ? undefined : described.join(' '))}
      {message !== undefined && (
        <div id={messageId} className="field-message" aria-label={t('form.problem')}>
          {message}
        </div>
      )}
      {hint !== undefined && (
        <small id={hintId} className="field-hint">
          {hint}
        </small>
      )}
    </div>
  );
}
