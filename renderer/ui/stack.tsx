import { useRef, type ReactNode } from 'react';
import { Divider } from './divider.tsx';
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

/** Two panes, one over the other, and the line between them. */
export function Stack({ above, below, height, minAbove, minBelow, onHeight, label }: StackProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const bounded = (wanted: number): number => Math.max(minAbove, Math.min(wanted, (frame.current?.clientHeight ?? Number.MAX_SAFE_INTEGER) - minBelow));
  return (
    <div ref={frame} className="okno-stack">
      <div className="okno-pane" data-pane style={{ height: `min(${height}px, max(100% - ${minBelow}px, ${minAbove}px))`, flex: 'none' }}>
        {above}
      </div>
      <Divider label={label} along="y" value={height} grows={1} sizeAt={({ y }) => (frame.current === null ? null : y - frame.current.getBoundingClientRect().top)} onSize={(wanted) => onHeight(bounded(wanted))} />
      <div className="okno-pane" data-pane style={{ flex: 1 }}>
        {below}
      </div>
    </div>
  );
}
