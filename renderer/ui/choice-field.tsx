import type { KeyboardEvent, ReactNode } from 'react';
import { FieldFrame, type FieldProps } from './field.tsx';
import { Icon } from './icons.tsx';

export interface Choice<V extends string = string> {
  readonly value: V;
  readonly label: string;
}

/** Choices from a record of titles, in the record's order. */
export function choicesOf<V extends string>(titles: Readonly<Record<V, string>>): readonly Choice<V>[] {
  return (Object.keys(titles) as V[]).map((value) => ({ value, label: titles[value] })); // keys of a record are its key type
}

export interface SegmentedFieldProps<V extends string> extends Omit<FieldProps<V | null>, 'onChange'> {
  readonly choices: readonly Choice<V>[];
  readonly onChange: (value: V) => void;
}

/** Two or three choices side by side; arrows choose. */
export function SegmentedField<V extends string>({ choices, value, onChange, name, required = false, reason, ...frame }: SegmentedFieldProps<V>): ReactNode {
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || reason !== undefined) return;
    event.preventDefault();
    const index = choices.findIndex((choice) => choice.value === value);
    const next = Math.min(Math.max(index + step, 0), choices.length - 1);
    const chosen = choices[next];
    if (chosen === undefined) return;
    onChange(chosen.value);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <FieldFrame {...frame}>
      {({ id, describedBy }) => (
        <div id={id} className="okno-segments" role="radiogroup" aria-label={frame.label} aria-describedby={describedBy} data-missing={required && value === null} data-name={name} title={reason} onKeyDown={move}>
          {choices.map((choice, index) => (
            <button
              key={choice.value}
              type="button"
              role="radio"
              aria-checked={choice.value === value}
              aria-disabled={reason !== undefined}
              tabIndex={choice.value === value || (value === null && index === 0) ? 0 : -1}
              onClick={() => {
                if (reason === undefined) onChange(choice.value);
              }}
            >
              {choice.label}
            </button>
          ))}
        </div>
      )}
    </FieldFrame>
  );
}

export interface CheckProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly name?: string | undefined;
  readonly reason?: string | undefined;
  /** The label is read out only. */
  readonly labelHidden?: boolean;
  readonly tabIndex?: number;
}

/** A check box of 16 px with its text. */
export function Check({ label, checked, onChange, name, reason, labelHidden = false, tabIndex }: CheckProps): ReactNode {
  return (
    <label className="okno-check" title={reason}>
      <input type="checkbox" name={name} checked={checked} disabled={reason !== undefined} tabIndex={tabIndex} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span className="okno-check-box" aria-hidden="true">
        <Icon name="tick" size={14} />
      </span>
      <span className={labelHidden ? 'okno-visually-hidden' : undefined}>{label}</span>
    </label>
  );
}

/** A check box standing in the column of fields. */
export function CheckField({ label, value, onChange, name, reason }: Pick<FieldProps<boolean>, 'label' | 'value' | 'onChange' | 'name' | 'reason'>): ReactNode {
  return (
    <div className="okno-row">
      <span />
      <div className="okno-row-value">
        <Check label={label} checked={value} onChange={onChange} name={name} reason={reason} />
      </div>
    </div>
  );
}

/** One of several, in a table or a dialog. */
export function Radio({ label, checked, onChange, name }: { readonly label: ReactNode; readonly checked: boolean; readonly onChange: () => void; readonly name: string }): ReactNode {
  return (
    <label className="okno-check okno-check-radio">
      <input type="radio" name={name} checked={checked} onChange={onChange} />
      <span className="okno-check-box" aria-hidden="true" />
      <span>{label}</span>
    </label>
  );
}
