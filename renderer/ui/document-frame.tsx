import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import './pane.css';

export interface DocumentFrameProps {
  readonly title: string;
  readonly badge?: ReactNode;
  /** Beside the badge, quiet: «Принято 11:40, Белова И. С.». */
  readonly note?: ReactNode;
  readonly commands?: ReactNode;
  readonly onClose: () => void;
  /** Previous and next of the list it was opened from. */
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
  /** A strip under the commands: what the person must know now. */
  readonly strip?: ReactNode;
  readonly children: ReactNode;
}

/** A document: head 44, commands 40, then what scrolls under them. */
export function DocumentFrame({ title, badge, note, commands, onClose, onPrevious, onNext, strip, children }: DocumentFrameProps): ReactNode {
  return (
    <article className="okno-document" aria-label={title}>
      <header className="okno-document-head">
        <h1 className="okno-title okno-cut" title={title}>
          {title}
        </h1>
        {badge}
        {note === undefined ? null : <span className="okno-document-note okno-cut">{note}</span>}
        <div className="okno-document-end">
          {onPrevious === undefined ? null : <IconButton icon="up" label="Предыдущий документ" onClick={onPrevious} />}
          {onNext === undefined ? null : <IconButton icon="down" label="Следующий документ" onClick={onNext} />}
          <IconButton icon="close" label="Закрыть, Esc" onClick={onClose} />
        </div>
      </header>
      {commands}
      {strip}
      <div className="okno-document-body">{children}</div>
    </article>
  );
}

/** What must be known now, one line over the document. */
export function Strip({ tone = 'amber', children }: { readonly tone?: 'amber' | 'red' | 'neutral'; readonly children: ReactNode }): ReactNode {
  return (
    <div className={`okno-strip okno-strip-${tone}`} role="status">
      {children}
    </div>
  );
}

/** Facts as name and value, read-only: the head of a letter, a preview. */
export function Facts({ rows, label = 80 }: { readonly rows: readonly (readonly [name: string, value: ReactNode])[]; readonly label?: number }): ReactNode {
  return (
    <dl className="okno-facts" style={{ gridTemplateColumns: `${label}px minmax(0, 1fr)` }}>
      {rows.map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
