import type { Pool } from 'pg';
import { OknoError } from '../../../shared/base/errors.ts';
import { fold } from '../../../shared/base/fold.ts';
import type { CentreListQuery, CentrePage } from '../../../shared/protocol/centre-list.ts';

type Condition = (value: string) => string;

/** A list as SQL. What may be sorted and filtered by is named here and nowhere else; anything else that is asked for is refused. */
export interface ListSource {
  readonly select: string;
  readonly from: string;
  /** Expressions of the columns that sort. */
  readonly columns: Readonly<Record<string, string>>;
  /** Tells equal rows apart, so that pages neither repeat nor skip one. */
  readonly key: string;
  /** Conditions of the filters; each is given the place of its value. */
  readonly filters: Readonly<Record<string, Condition>>;
  /** The condition of the search; its value is folded (`fold`). */
  readonly search: Condition;
}

function named<T>(of: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(of, name) ? of[name] : undefined;
  if (found === undefined) throw new OknoError('invalidInput', { field: name });
  return found;
}

/** A page of the list and how many rows there are in all. Throws `invalidInput` for a column or a filter that the list does not have. */
export async function listPage<Row extends object>(pool: Pool, source: ListSource, { search, where, sort, offset, limit }: CentreListQuery): Promise<CentrePage<Row>> {
  const values: string[] = [];
  const place = (value: string): string => `$${values.push(value)}`;
  const conditions = Object.entries(where).map(([name, value]) => named(source.filters, name)(place(value)));
  if (search.trim() !== '') conditions.push(source.search(place(fold(search.trim()))));
  const filtered = `FROM ${source.from}${conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`}`;
  const order = `${named(source.columns, sort.column)} ${sort.descending ? 'DESC' : 'ASC'}, ${source.key} ${sort.descending ? 'DESC' : 'ASC'}`;
  const { rows } = await pool.query<Row>(`SELECT ${source.select} ${filtered} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`, values);
  const { rows: totals } = await pool.query<{ total: string }>(`SELECT count(*) AS total ${filtered}`, values);
  return { rows, total: Number(totals[0]?.total ?? 0) };
}
