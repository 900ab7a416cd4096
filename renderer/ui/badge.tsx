import type { ReactNode } from 'react';
import './pane.css';

/** grey: new or over; blue: going on; green: done; amber: soon, waiting for the outside; red: late or refused. */
export type Tone = 'grey' | 'blue' | 'green' | 'amber' | 'red';

/** The state in the head of a document, one per head. */
export function Badge({ tone = 'grey', children }: { readonly tone?: Tone; readonly children: ReactNode }): ReactNode {
  return <span className={`okno-badge okno-badge-${tone}`}>{children}</span>;
}

/** The state in a cell: a dot and a word; hollow is over, off or new. */
export function StateCell({ tone = 'grey', hollow = tone === 'grey', children }: { readonly tone?: Tone; readonly hollow?: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <span className={`okno-state okno-state-${tone}`}>
      <span className={`okno-dot${hollow ? ' okno-dot-hollow' : ''}`} />
      <span className="okno-cut">{children}</span>
    </span>
  );
}
