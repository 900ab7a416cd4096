import { useEffect, useState, type CSSProperties, type ReactNode } from 'react';
import './pane.css';

/** What is so, why, and the next useful step; stands at the second column, 96 below the heading. */
export function EmptyState({ title, children, actions, code, second = 104 }: { readonly title: string; readonly children?: ReactNode; readonly actions?: ReactNode; readonly code?: string | undefined; readonly second?: number }): ReactNode {
  const style: CSSProperties & { readonly '--okno-second': string } = { '--okno-second': `${second}px` };
  return (
    <div className="okno-nothing" style={style} role="status">
      <h2>{title}</h2>
      <p>{children}</p>
      {actions === undefined ? null : <div className="okno-nothing-actions">{actions}</div>}
      {code === undefined ? null : <div className="okno-nothing-code">{code}</div>}
    </div>
  );
}

/** True once `waiting` has lasted 150 ms: the local base answers sooner, so grey bars are rare. */
export function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setSlow(true), 150);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [waiting]);
  return waiting && slow;
}

/** A grey bar in the place of a value; its length differs by place, always the same for one place. */
export function LoadingBar({ seed, most = 0.75 }: { readonly seed: number; readonly most?: number }): ReactNode {
  return <span className="okno-bar" style={{ width: `${Math.round(most * (55 + ((seed * 37) % 45)))}%`, opacity: Math.max(0.15, 1 - seed * 0.01) }} />;
}

/** Grey bars in rows, for a pane that is being read. */
export function LoadingRows({ rows = 8 }: { readonly rows?: number }): ReactNode {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="okno-loading-row">
          <LoadingBar seed={row * 3} most={0.2} />
          <LoadingBar seed={row * 3 + 1} most={0.5} />
        </div>
      ))}
    </div>
  );
}
