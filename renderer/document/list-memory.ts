import { z } from 'zod';
import { useSetting } from '../store/settings.ts';
import type { ColumnLayout } from '../ui/list/columns.ts';
import type { ListSort } from '../ui/list/list-rows.ts';

const savedSchema = z.object({
  layout: z.object({ order: z.array(z.string()), shown: z.record(z.string(), z.boolean()), widths: z.record(z.string(), z.number()) }),
  sort: z.object({ column: z.string(), descending: z.boolean() }).nullable(),
  chip: z.string().nullable(),
  chosen: z.record(z.string(), z.string()),
});
type Saved = z.infer<typeof savedSchema>;
const nothingSaved: Saved = { layout: { order: [], shown: {}, widths: {} }, sort: null, chip: null, chosen: {} };

const densitySchema = z.enum(['compact', 'loose']);
/** Heights of a row by the user's choice, px (design §4). */
const rowHeights = { compact: 28, loose: 32 } as const;

/** What a list is shown with, and how to change it. */
export interface ListMemory {
  /** False until it is read: a list asks nothing before. */
  readonly ready: boolean;
  readonly chip: string | null;
  readonly onChip: (key: string) => void;
  /** No ready choice and no filter: everything that the list has. */
  readonly showAll: () => void;
  readonly shown: {
    readonly layout: ColumnLayout;
    readonly onLayout: (layout: ColumnLayout) => void;
    readonly sort: ListSort;
    readonly onSort: (sort: ListSort) => void;
    readonly chosen: Readonly<Record<string, string>>;
    readonly onChosen: (chosen: Readonly<Record<string, string>>) => void;
    readonly rowHeight: number;
  };
}

/** Columns, sort, ready choice and filters of one list, remembered per user; `sort` until he chooses another. */
export function useListMemory(id: string, sort: ListSort): ListMemory {
  const { value: saved, ready, set } = useSetting<Saved>(`list.${id}`, savedSchema, nothingSaved);
  const { value: density } = useSetting('window.density', densitySchema, 'compact');
  const change = (part: Partial<Saved>): void => set({ ...saved, ...part });
  return {
    ready,
    chip: saved.chip,
    onChip: (chip) => change({ chip }),
    showAll: () => change({ chip: null, chosen: {} }),
    shown: {
      layout: saved.layout,
      onLayout: ({ order, shown, widths }) => change({ layout: { order: [...order], shown: { ...shown }, widths: { ...widths } } }),
      sort: saved.sort ?? sort,
      onSort: (next) => change({ sort: next }),
      chosen: saved.chosen,
      onChosen: (chosen) => change({ chosen: { ...chosen } }),
      rowHeight: rowHeights[density],
    },
  };
}
