import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import './pane.css';

export interface DividerProps {
  readonly label: string;
  /** The way it moves. */
  readonly along: 'x' | 'y';
  /** Size of the pane it measures, px. */
  readonly value: number;
  /** The pane lies before the line (1) or behind it (-1): right or down makes it larger or smaller. */
  readonly grows: 1 | -1;
  /** Size of the pane if the line stood at this point of the window, px; null before it is drawn. */
  readonly sizeAt: (point: { readonly x: number; readonly y: number }) => number | null;
  /** Told of any size that is wished for, in steps of 4 px. */
  readonly onSize: (size: number) => void;
}

const STEP = 4;
const keys = { x: { back: 'ArrowLeft', on: 'ArrowRight' }, y: { back: 'ArrowUp', on: 'ArrowDown' } } as const;

/** The line between two panes: moved by mouse or arrows. */
export function Divider({ label, along, value, grows, sizeAt, onSize }: DividerProps): ReactNode {
  const stepped = (size: number): void => onSize(Math.round(size / STEP) * STEP);
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const size = event.currentTarget.hasPointerCapture(event.pointerId) ? sizeAt({ x: event.clientX, y: event.clientY }) : null;
    if (size !== null) stepped(size);
  };
  const arrows = (event: KeyboardEvent): void => {
    const direction = event.key === keys[along].on ? 1 : event.key === keys[along].back ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    stepped(value + direction * STEP * grows);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex -- a separator that moves is a widget (ARIA 1.2)
    <div
      className={along === 'x' ? 'okno-splitter' : 'okno-splitter okno-splitter-level'}
      role="separator"
      aria-orientation={along === 'x' ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-valuenow={value}
      tabIndex={0} // eslint-disable-line jsx-a11y/no-noninteractive-tabindex -- as above
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={arrows}
    />
  );
}
