import { useRef, type ReactNode } from 'react';
import { Divider } from './divider.tsx';
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

/** Two panes side by side and the line between them. */
export function Split({ first, second, fixed, width, minFirst, minSecond, onWidth, label }: SplitProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [ownMin, otherMin] = fixed === 'first' ? [minFirst, minSecond] : [minSecond, minFirst];
  const bounded = (wanted: number): number => Math.max(ownMin, Math.min(wanted, (frame.current?.clientWidth ?? Number.MAX_SAFE_INTEGER) - otherMin));
  const widthAt = ({ x }: { readonly x: number }): number | null => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return null;
    return fixed === 'first' ? x - box.left : box.right - x;
  };
  // A window too narrow for both minimums is shared in their proportion, so that neither pane is lost.
  const own = { width: `min(${width}px, max(100% - ${otherMin}px, ${Math.round((100 * ownMin) / (ownMin + otherMin))}%))`, flex: 'none' } as const;
  return (
    <div ref={frame} className="okno-split">
      <div className="okno-pane" data-pane style={fixed === 'first' ? own : { flex: 1 }}>
        {first}
      </div>
      <Divider label={label} along="x" value={width} grows={fixed === 'first' ? 1 : -1} sizeAt={widthAt} onSize={(wanted) => onWidth(bounded(wanted))} />
      <div className="okno-pane" data-pane style={fixed === 'second' ? own : { flex: 1 }}>
        {second}
      </div>
    </div>
  );
}
