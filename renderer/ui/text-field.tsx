import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { FieldFrame, type FieldProps } from './field.tsx';

export interface TextFieldProps extends FieldProps<string> {
  readonly type?: 'text' | 'password' | 'email' | 'tel';
  readonly large?: boolean;
  /** Said inside the field at its right: «Caps Lock, раскладка RU». */
  readonly note?: string | undefined;
  /** The note only tells more: it warns of nothing. */
  readonly noteQuiet?: boolean;
  readonly autoFocus?: boolean;
  readonly autoComplete?: string;
  readonly maxLength?: number;
}

/** One line of text. */
export function TextField({ value, onChange, name, required = false, reason, placeholder, type = 'text', large = false, note, noteQuiet = false, autoFocus = false, autoComplete = 'off', maxLength, ...frame }: TextFieldProps): ReactNode {
  return (
    <FieldFrame {...frame}>
      {({ id, describedBy }) => (
        <div className="okno-input" data-missing={required && value === ''} data-wrong={frame.error !== undefined} data-large={large} aria-disabled={reason !== undefined} title={reason}>
          <input
            id={id}
            name={name}
            type={type}
            value={value}
            placeholder={placeholder}
            readOnly={reason !== undefined}
            required={required}
            aria-invalid={frame.error !== undefined}
            aria-describedby={describedBy}
            autoComplete={autoComplete}
            autoFocus={autoFocus} // eslint-disable-line jsx-a11y/no-autofocus -- login puts the focus in the password
            spellCheck={false}
            maxLength={maxLength}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {note === undefined ? null : <span className={noteQuiet ? 'okno-input-note okno-text2' : 'okno-input-note'}>{note}</span>}
        </div>
      )}
    </FieldFrame>
  );
}

/** Text of many lines, growing from `rows` lines to `maxRows`. */
export function TextArea({ value, onChange, name, required = false, reason, placeholder, rows = 2, maxRows = 12, wide = false, ...frame }: FieldProps<string> & { readonly rows?: number; readonly maxRows?: number; readonly wide?: boolean }): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(Math.max(element.scrollHeight, rows * 20 + 8), maxRows * 20 + 8)}px`;
  }, [value, rows, maxRows]);
  return (
    <FieldFrame {...frame} wide={wide}>
      {({ id, describedBy }) => (
        <div className="okno-input" data-missing={required && value === ''} data-wrong={frame.error !== undefined} aria-disabled={reason !== undefined} title={reason}>
          <textarea
            ref={area}
            id={id}
            name={name}
            rows={rows}
            value={value}
            placeholder={placeholder}
            readOnly={reason !== undefined}
            required={required}
            aria-invalid={frame.error !== undefined}
            aria-describedby={describedBy}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </div>
      )}
    </FieldFrame>
  );
}
