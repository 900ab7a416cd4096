import type { ReactNode } from 'react';
import type { ClientHistoryRow } from '../../../shared/protocol/ipc.ts';
import { useNow } from '../../shell/clock.ts';
import { formatDate, formatLeft, formatRecent, urgency } from '../../ui/format.ts';
import { Unbroken } from '../../ui/unbroken.tsx';
import { isLate, matterTones } from './history-marks.tsx';
import { openRelated } from './open-found.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What is open now, the most urgent first: letters and appeals in work, what failed, applications whose term is over. */
export function openMatters(history: readonly ClientHistoryRow[], now: number): readonly ClientHistoryRow[] {
  const rank = (row: ClientHistoryRow): number => (row.matter === 'failed' ? 0 : isLate(row, now) ? 1 : 2);
  return history
    .filter((row) => (row.type === 'application' ? isLate(row, now) : row.matter === 'open' || row.matter === 'waiting' || row.matter === 'failed'))
    .toSorted((a, b) => rank(a) - rank(b) || (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || b.at.localeCompare(a.at));
}

/** «осталось 1 ч 16 мин» for hours, the date for days, in red when it is over. */
export function TermText({ dueAt }: { readonly dueAt: string | null }): ReactNode {
  const now = useNow(MINUTE);
  if (dueAt === null) return null;
  const late = urgency(dueAt, now) === 'late';
  const far = Math.abs(Date.parse(dueAt) - now) > DAY;
  return <span className={late ? 'okno-red' : 'okno-text2'}>{far ? `${late ? 'срок вышел' : 'срок'} ${formatDate(dueAt)}` : late ? `просрочено ${formatLeft(dueAt, now).replace('−', '')}` : `осталось ${formatLeft(dueAt, now)}`}</span>;
}

/** One line: what, its number, where it stands. */
export function OpenMatterLine({ matter }: { readonly matter: ClientHistoryRow }): ReactNode {
  const { type, id, title, number, subject, state, who, dueAt, at } = matter;
  const now = useNow(MINUTE);
  return (
    <button type="button" className="matter" onClick={() => void openRelated(type, id)}>
      <span className={`okno-state okno-state-${isLate(matter, now) ? 'red' : matterTones[matter.matter]}`}>
        <span className="okno-dot" />
      </span>
      <span className="matter-text" title={subject}>
        <Unbroken text={[title, number].filter((part) => part !== null).join(' ')} />
        {subject === '' ? null : <>: {subject}</>}
      </span>
      <span className="matter-state okno-text2">
        {[state.toLowerCase(), who === '' && dueAt === null ? `от ${formatRecent(at)}` : who].filter((part) => part !== '').join(', ')}
        {dueAt === null ? null : <>, <TermText dueAt={dueAt} /></>}
      </span>
    </button>
  );
}

/** «Сейчас»: what the operator should know before anything else; nothing of it takes no place. */
export function OpenMatters({ history, onShowAll }: { readonly history: readonly ClientHistoryRow[]; readonly onShowAll: () => void }): ReactNode {
  const now = useNow(MINUTE);
  const matters = openMatters(history, now);
  if (matters.length === 0) return null;
  const shown = matters.length > 3 ? matters.slice(0, 2) : matters;
  return (
    <section className="matters" aria-label="Сейчас" data-pane>
      <h2 className="okno-section">Сейчас</h2>
      <div>
        {shown.map((matter) => (
          <OpenMatterLine key={`${matter.type} ${matter.id}`} matter={matter} />
        ))}
        {matters.length === shown.length ? null : (
          <button type="button" className="matter okno-link" onClick={onShowAll}>
            Ещё {matters.length - shown.length}: показать в истории
          </button>
        )}
      </div>
    </section>
  );
}
