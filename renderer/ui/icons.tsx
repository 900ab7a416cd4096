import type { ReactNode } from 'react';

const paths = {
  search: 'M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  close: 'm4 4 8 8m0-8-8 8',
  down: 'm4 6 4 4 4-4',
  right: 'm6 4 4 4-4 4',
  up: 'm4 10 4-4 4 4',
  more: 'M2.8 8h1.4M7.3 8h1.4M11.8 8h1.4',
  sortUp: 'M8 13V3M4.5 6.5 8 3l3.5 3.5',
  sortDown: 'M8 3v10m-3.5-3.5L8 13l3.5-3.5',
  tick: 'm3.5 8.5 3 3 6-7',
  tune: 'M2 4.5h6m4 0h2M10 2.8v3.4M2 8h2m4 0h6M6 6.3v3.4M2 11.5h6m4 0h2m-4-1.7v3.4',
  file: 'M4 2h5l3 3v9H4V2Zm5 0v3h3',
  picture: 'M3 3h10v10H3V3Zm0 7.5 3-3 4 5M9.5 9 11 7.5l2 2.2M6 6h.01',
  sheet: 'M4 2h5l3 3v9H4V2Zm2 6h4M6 10.5h4',
  letter: 'M2.5 4h11v8.5h-11V4Zm0 .5L8 9l5.5-4.5',
  letterOut: 'M13.5 8V4h-11v8.5h5M2.5 4.5 8 9l5.5-4.5M9.5 11.5h4m-1.5-2 2 2-2 2',
  comment: 'M2.5 3h11v8H7l-3 2.5V11H2.5V3ZM8 5v4M6 7h4',
  pin: 'M6 2.5h4l-.5 4.5 2 2.5h-7l2-2.5L6 2.5ZM8 9.5V14',
} as const;

export type IconName = keyof typeof paths;

/** An outline sign, 16 by default (14 in fields): only kinds and common signs, never decoration. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg className="okno-icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

/** The sign of a file by its media type. */
export function fileIcon(mediaType: string): IconName {
  if (mediaType.startsWith('image/')) return 'picture';
  if (mediaType.includes('sheet') || mediaType.includes('excel') || mediaType.includes('csv')) return 'sheet';
  return mediaType.startsWith('message/') ? 'letter' : 'file';
}
