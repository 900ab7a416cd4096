import { describeRefusal, OknoError } from '../../../shared/base/errors.ts';
import { sentMailSchema, type SentMail } from '../../../shared/protocol/http.ts';
import type { CallAnswer } from '../../../shared/protocol/ipc.ts';
import type { ListPage, ListRow } from '../../../shared/protocol/list.ts';
import { problemOf } from '../../store/document-rows.ts';
import type { ListProblem } from '../../ui/list/list-rows.ts';

/** A page of the centre's store of sent letters as rows of a list; a refusal is thrown for the list to show. */
export function sentMailPage(answer: CallAnswer<'sentMail.list'>): ListPage {
  if (!answer.ok) throw new OknoError(answer.refusal.code, answer.refusal.details);
  return { total: answer.value.total, rows: answer.value.rows.map((mail): ListRow => ({ document: { ...mail }, refs: {}, pending: false })) };
}

export function sentMailOf({ document }: ListRow): SentMail {
  return sentMailSchema.parse(document);
}

/** Why the store cannot be shown: it is at the centre, this desk keeps no copy. */
export function sentMailProblem(error: unknown, at: string): ListProblem {
  if (!(error instanceof OknoError)) return problemOf(error, at);
  const { refusal } = error;
  const { text, advice, number } = describeRefusal(refusal);
  if (refusal.code === 'noConnection') return { title: 'Нет связи с центром', text: 'Исходящая почта хранится в центре, копии на этом компьютере нет. Она появится здесь, когда связь восстановится.', code: `Код ${number}, ${at}` };
  return { title: 'Исходящая почта не прочитана', text: `${text}. ${advice}`, code: `Код ${number}, ${at}` };
}
