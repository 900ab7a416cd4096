import { useEffect, useState, type ReactNode } from 'react';
import { describeRefusal, type Refusal } from '../../../shared/base/errors.ts';
import type { HistoryEntry } from '../../../shared/protocol/http.ts';
import { call } from '../../bridge.ts';
import { onChanged } from '../../store/changes.ts';
import { useOffline } from '../../store/connection.ts';
import { formatMoment } from '../../ui/format.ts';
import { LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { emailFieldText, emailLabels } from './form-fields.ts';

type History = { readonly ok: true; readonly entries: readonly HistoryEntry[] } | { readonly ok: false; readonly refusal: Refusal };

/** «История изменений»: who changed what, from the centre; off line it says so. */
export function HistoryTab({ id, refs }: { readonly id: string; readonly refs: Readonly<Record<string, string>> }): ReactNode {
  const [history, setHistory] = useState<History | null>(null);
  const offline = useOffline();
  const slow = useSlow(history === null);
  useEffect(() => {
    let current = true;
    const read = (): void => {
      void call('document.history', { type: 'incomingEmail', id }).then((answer) => {
        if (current) setHistory(answer.ok ? { ok: true, entries: answer.value } : { ok: false, refusal: answer.refusal });
      });
    };
    read();
    const stop = onChanged(['incomingEmail'], read);
    return () => {
      current = false;
      stop();
    };
  }, [id, offline]);
  if (history === null) return slow ? <LoadingRows /> : null;
  if (!history.ok) {
    const { text, advice, number } = describeRefusal(history.refusal);
    const noConnection = history.refusal.code === 'noConnection';
    return (
      <div className="email-empty">
        <h2>{noConnection ? 'Нет связи с центром' : text}</h2>
        {noConnection ? 'История изменений хранится в центре и откроется, когда появится связь. С письмом можно работать.' : `${advice} Код ${number}.`}
      </div>
    );
  }
  return (
    <ul className="email-history">
      {history.entries.toReversed().map((entry) => (
        <HistoryItem key={entry.version} entry={entry} refs={refs} />
      ))}
    </ul>
  );
}

function HistoryItem({ entry, refs }: { readonly entry: HistoryEntry; readonly refs: Readonly<Record<string, string>> }): ReactNode {
  const shown = entry.changes.filter(({ path }) => path !== 'id');
  return (
    <li>
      <span className="okno-text2 okno-tabular">{formatMoment(entry.happenedAt)}</span>
      <div>
        {entry.commandTitle} <span className="okno-text2">{[entry.authorName, entry.deskName].filter((part) => part !== '').join(', ')}</span>
      </div>
      {shown.length === 0 || entry.version <= 1 ? null : (
        <ul className="email-history-changes">
          {shown.map(({ path, before, after }) => (
            <li key={path}>
              {emailLabels[path.split('.')[0] ?? ''] ?? path}: {emailFieldText(path, before, refs) || 'не указано'} → {emailFieldText(path, after, refs) || 'не указано'}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
