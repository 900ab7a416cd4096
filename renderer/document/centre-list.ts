import { describeRefusal, OknoError, type Refusal } from '../../shared/base/errors.ts';
import type { CentreListQuery, CentrePage } from '../../shared/protocol/centre-list.ts';
import type { ListPage, ListQuery, ListRow } from '../../shared/protocol/list.ts';
import { problemOf } from '../store/document-rows.ts';
import type { ListProblem } from '../ui/list/list-rows.ts';
import { textOf } from '../../shared/base/json.ts';

const LARGEST_PAGE = 500;

type Answer<Row> = { readonly ok: true; readonly value: CentrePage<Row> } | { readonly ok: false; readonly refusal: Refusal };

/** Reads a list that only the centre keeps, as rows of `FetchedList`; a refusal is thrown for the list to show. */
export function readCentreList<Row extends { readonly id: string }>(ask: (query: CentreListQuery) => Promise<Answer<Row>>): (query: ListQuery) => Promise<ListPage> {
  return async ({ search, where, sort: [sort], offset, limit }) => {
    const answer = await ask({ search, where: Object.fromEntries(where.map(({ column, value }) => [column, textOf(value)])), sort: sort ?? { column: 'at', descending: true }, offset, limit: Math.min(limit, LARGEST_PAGE) });
    if (!answer.ok) throw new OknoError(answer.refusal.code, answer.refusal.details);
    return { total: answer.value.total, rows: answer.value.rows.map((row): ListRow => ({ document: { ...row }, refs: {}, pending: false })) };
  };
}

/** Why such a list cannot be shown: it is at the centre, this desk keeps no copy. */
export function centreListProblem(title: string): (error: unknown, at: string) => ListProblem {
  return (error, at) => {
    if (!(error instanceof OknoError)) return problemOf(error, at);
    const { refusal } = error;
    const { text, advice, number } = describeRefusal(refusal);
    if (refusal.code === 'noConnection') return { title: 'Нет связи с центром', text: `«${title}» хранится в центре, копии на этом компьютере нет. Список появится здесь, когда связь восстановится.`, code: `Код ${number}, ${at}` };
    return { title: `«${title}»: список не прочитан`, text: `${text}. ${advice}`, code: `Код ${number}, ${at}` };
  };
}
