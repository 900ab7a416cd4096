import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import './pane.css';

export interface SplitProps {
  readonly first: ReactNode;
  readonly second: ReactNode;
  /** Which pane has the fixed width; the other takes the rest. */
  readonly fixed: 'first' | 'second';
  /** Width of the fixed pane, px. */
  readonly width: number;
  readonly minFirst: number;
  readonly minSecond: number;
  readonly onWidth: (width: number) => void;
  readonly label: string;
}

const STEP = 4;

/** Two panes and the line between them: moved by mouse or arrows in steps of 4. */
export function Split({ first, second, fixed, width, minFirst, minSecond, onWidth, label }: SplitProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const bounded = (wanted: number): number => {
    const all = frame.current?.clientWidth ?? Number.MAX_SAFE_INTEGER;
    const [own, other] = fixed === 'first' ? [minFirst, minSecond] : [minSecond, minFirst];
    return Math.max(own, Math.min(Math.round(wanted / STEP) * STEP, all - other));
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || frame.current === null) return;
    const box = frame.current.getBoundingClientRect();
    onWidth(bounded(fixed === 'first' ? event.clientX - box.left : box.right - event.clientX));
  };
  const arrows = (event: KeyboardEvent): void => {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    onWidth(bounded(width + direction * STEP * (fixed === 'first' ? 1 : -1)));
  };
  const [ownMin, otherMin] = fixed === 'first' ? [minFirst, minSecond] : [minSecond, minFirst];
  // A window too narrow for both minimums is shared in their proportion, so that neither pane is lost.
  const own = { width: `min(${width}px, max(100% - ${otherMin}px, ${Math.round((100 * ownMin) / (ownMin + otherMin))}%))`, flex: 'none' } as const;
  return (
    <div ref={frame} className="okno-split">
      <div className="okno-pane" data-pane style={fixed === 'first' ? own : { flex: 1 }}>
        {first}
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex -- a separator that moves is a widget (ARIA 1.2) */}
      <div
        className="okno-splitter"
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={width}
        tabIndex={0} // eslint-disable-line jsx-a11y/no-noninteractive-tabindex -- as above
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={arrows}
      />
      <div className="okno-pane" data-pane style={fixed === 'second' ? own : { flex: 1 }}>
        {second}
      </div>
    </div>
  );
}
