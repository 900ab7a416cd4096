import type { ReactNode } from 'react';
import { z } from 'zod';
import { useSetting } from '../store/settings.ts';
import { Split } from '../ui/splitter.tsx';

export interface WithPreviewProps {
  /** Under this name the width is remembered for the user. */
  readonly setting: string;
  /** Width of the preview until he moves the line, px. */
  readonly width: number;
  readonly list: ReactNode;
  readonly preview: ReactNode;
}

/** A list, and at the right what the chosen line is; between them a line that moves. */
export function WithPreview({ setting, width: usual, list, preview }: WithPreviewProps): ReactNode {
  const { value: width, set } = useSetting(setting, z.number(), usual);
  return <Split label="Граница списка и просмотра" fixed="second" width={width} minFirst={560} minSecond={Math.min(usual, 320)} onWidth={set} first={list} second={preview} />;
}
