import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import './pane.css';

export interface StackProps {
  readonly above: ReactNode;
  readonly below: ReactNode;
  /** Height of the pane above, px. */
  readonly height: number;
  readonly minAbove: number;
  readonly minBelow: number;
  readonly onHeight: (height: number) => void;
  readonly label: string;
}

const STEP = 4;

/** Two panes, one over the other, and the line between them: moved by mouse or arrows in steps of 4. */
export function Stack({ above, below, height, minAbove, minBelow, onHeight, label }: StackProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const bounded = (wanted: number): number => {
    const all = frame.current?.clientHeight ?? Number.MAX_SAFE_INTEGER;
    return Math.max(minAbove, Math.min(Math.round(wanted / STEP) * STEP, all - minBelow));
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || frame.current === null) return;
    onHeight(bounded(event.clientY - frame.current.getBoundingClientRect().top));
  };
  const arrows = (event: KeyboardEvent): void => {
    const direction = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    onHeight(bounded(height + direction * STEP));
  };
  return (
    <div ref={frame} className="okno-stack">
      <div className="okno-pane" data-pane style={{ height: `min(${height}px, max(100% - ${minBelow}px, ${minAbove}px))`, flex: 'none' }}>
        {above}
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex -- a separator that moves is a widget (ARIA 1.2) */}
      <div
        className="okno-splitter okno-splitter-level"
        role="separator"
        aria-orientation="horizontal"
        aria-label={label}
        aria-valuenow={height}
        tabIndex={0} // eslint-disable-line jsx-a11y/no-noninteractive-tabindex -- as above
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={arrows}
      />
      <div className="okno-pane" data-pane style={{ flex: 1 }}>
        {below}
      </div>
    </div>
  );
}
