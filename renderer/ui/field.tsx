import { useId, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import './field.css';

/** What every field takes; a form gives `value`, `onChange`, `error`, `required`, `name` by one spread. */
export interface FieldProps<T> {
  readonly label: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** Path in the document: how a form finds the field to focus. */
  readonly name?: string | undefined;
  /** Required and empty: red line from the start. */
  readonly required?: boolean | undefined;
  /** One sentence saying which rule failed. */
  readonly error?: string | undefined;
  /** Keeps the place of the error sentence, so that nothing jumps. */
  readonly reserve?: boolean | undefined;
  readonly hint?: string | undefined;
  /** Why it cannot be changed now. */
  readonly reason?: string | undefined;
  readonly placeholder?: string | undefined;
  /** Label above the field instead of at its left. */
  readonly labelTop?: boolean | undefined;
  /** No label on the screen; still read out. */
  readonly labelHidden?: boolean | undefined;
}

interface FieldFrameProps extends Pick<FieldProps<unknown>, 'label' | 'error' | 'reserve' | 'hint' | 'labelTop' | 'labelHidden'> {
  readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined }) => ReactNode;
  readonly wide?: boolean;
}

/** A row of a form: label at the left by one grid, the field, and the place of what can be said about it. */
export function FieldFrame({ label, error, reserve = false, hint, labelTop = false, labelHidden = false, wide = false, children }: FieldFrameProps): ReactNode {
  const id = useId();
  const said = error !== undefined || hint !== undefined || reserve;
  return (
    <div className={`okno-row${labelTop || labelHidden ? ' okno-row-top' : ''}${wide ? ' okno-row-wide' : ''}`}>
      <label className={labelHidden ? 'okno-visually-hidden' : 'okno-row-label'} htmlFor={id}>
        {label}
      </label>
      <div className="okno-row-value">
        {children({ id, describedBy: said ? `${id}-said` : undefined })}
        {said ? (
          <div id={`${id}-said`} className={error === undefined && hint !== undefined ? 'okno-hint' : 'okno-error'} role={error === undefined ? undefined : 'alert'}>
            {error ?? hint ?? ''}
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** A value that cannot be changed: plain text at the place of a field. */
export function ReadonlyField({ label, children, hint }: { readonly label: string; readonly children: ReactNode; readonly hint?: string | undefined }): ReactNode {
  return (
    <div className="okno-row">
      <div className="okno-row-label">{label}</div>
      <div className="okno-row-value">
        <div className="okno-readonly">{children}</div>
        {hint === undefined ? null : <div className="okno-hint">{hint}</div>}
      </div>
    </div>
  );
}

/** A section of a form: a title, no frame. */
export function Section({ title, children }: { readonly title?: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className="okno-section-block">
      {title === undefined ? null : <h2>{title}</h2>}
      {children}
    </section>
  );
}

const nextField = 'input:not([type=hidden]):not(:disabled):not([tabindex="-1"]), textarea:not(:disabled), [role=radio][tabindex="0"]';

/** Enter goes to the next field, as in 1C; in a text of many lines it is a new line. */
function goToNext(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget } = event;
  if (event.key !== 'Enter' || event.defaultPrevented || event.ctrlKey || event.altKey || event.shiftKey) return;
  if (!(target instanceof HTMLInputElement) && !(target instanceof HTMLElement && target.role === 'radio')) return;
  const fields = [...currentTarget.querySelectorAll<HTMLElement>(nextField)];
  event.preventDefault();
  fields[fields.indexOf(target) + 1]?.focus();
}

/** Fields in one or more columns, in one where there is no room for more; `label` is the width of the labels in px (136–176). */
export function FormBody({ columns = 1, label = 136, children }: { readonly columns?: number; readonly label?: number; readonly children: ReactNode }): ReactNode {
  const style: CSSProperties & { readonly '--okno-columns': number; readonly '--okno-label': string } = { '--okno-columns': columns, '--okno-label': `${label}px` };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- it only moves the focus between the fields inside
    <div className="okno-form" style={style} onKeyDown={goToNext}>
      {children}
    </div>
  );
}
