import { z } from 'zod';
import { canonicalJson } from '../../shared/base/json.ts';
import { useSetting } from '../store/settings.ts';
import type { ColumnLayout } from '../ui/list/columns.ts';
import type { ListViews } from '../ui/list/list-views.tsx';
import type { ListSort } from '../ui/list/list-rows.ts';

const savedSchema = z.object({
  layout: z.object({ order: z.array(z.string()), shown: z.record(z.string(), z.boolean()), widths: z.record(z.string(), z.number()) }),
  sort: z.object({ column: z.string(), descending: z.boolean() }).nullable(),
  chip: z.string().nullable(),
  chosen: z.record(z.string(), z.string()),
  /** Key of the column that groups the rows. */
  group: z.string().nullable().default(null),
});
type Saved = z.infer<typeof savedSchema>;
const nothingSaved: Saved = { layout: { order: [], shown: {}, widths: {} }, sort: null, chip: null, chosen: {}, group: null };
const viewsSchema = z.array(z.object({ name: z.string(), saved: savedSchema }));
type View = z.infer<typeof viewsSchema>[number];
const noViews: View[] = [];

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
    readonly group: string | null;
    readonly onGroup: (group: string | null) => void;
    readonly views: ListViews;
    readonly onReset: () => void;
  };
}

/** Columns, sort, ready choice and filters of one list, remembered per user; `sort` until he chooses another. */
export function useListMemory(id: string, sort: ListSort): ListMemory {
  const { value: saved, ready, set, change: changeSaved } = useSetting<Saved>(`list.${id}`, savedSchema, nothingSaved);
  const { value: views, set: setViews } = useSetting<View[]>(`views.${id}`, viewsSchema, noViews);
  const { value: density } = useSetting('window.density', densitySchema, 'compact');
  const change = (part: Partial<Saved>): void => changeSaved((held) => ({ ...held, ...part }));
  const shownNow = canonicalJson(saved);
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
      group: saved.group,
      onGroup: (group) => change({ group }),
      onReset: () => set(nothingSaved),
      views: {
        names: views.map(({ name }) => name),
        current: views.find((view) => canonicalJson(view.saved) === shownNow)?.name ?? null,
        onShow: (name) => set(views.find((view) => view.name === name)?.saved ?? nothingSaved),
        onSave: (name) => setViews([...views.filter((view) => view.name !== name), { name, saved }].toSorted((a, b) => a.name.localeCompare(b.name, 'ru'))),
        onRemove: (name) => setViews(views.filter((view) => view.name !== name)),
      },
    },
  };
}
