import { useEffect, useState, type ReactNode } from 'react';
import { describeRefusal, type Refusal } from '../../shared/base/errors.ts';
import type { Json } from '../../shared/base/json.ts';
import type { HistoryEntry } from '../../shared/protocol/http.ts';
import { call } from '../bridge.ts';
import { onChanged } from '../store/changes.ts';
import { useOffline } from '../store/connection.ts';
import { formatMoment } from '../ui/format.ts';
import { LoadingRows, useSlow } from '../ui/state-message.tsx';
import './changes-tab.css';

type Changes = { readonly ok: true; readonly entries: readonly HistoryEntry[] } | { readonly ok: false; readonly refusal: Refusal };

interface ChangesTabProps {
  readonly type: string;
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  /** A value of a field as a person reads it. */
  readonly text: (path: string, value: Json) => string;
}

/** «История изменений» of any document: who changed what, newest first, from the centre; off line it says so. */
export function ChangesTab({ type, id, labels, text }: ChangesTabProps): ReactNode {
  const [changes, setChanges] = useState<Changes | null>(null);
  const offline = useOffline();
  const slow = useSlow(changes === null);
  useEffect(() => {
    let current = true;
    const read = (): void => {
      void call('document.history', { type, id }).then((answer) => {
        if (current) setChanges(answer.ok ? { ok: true, entries: answer.value } : { ok: false, refusal: answer.refusal });
      });
    };
    read();
    const stop = onChanged([type], read);
    return () => {
      current = false;
      stop();
    };
  }, [type, id, offline]);
  if (changes === null) return slow ? <LoadingRows /> : null;
  if (!changes.ok) return <NoHistory refusal={changes.refusal} />;
  return (
    <ul className="okno-changes">
      {changes.entries.toSorted((a, b) => b.version - a.version).map((entry) => (
        <li key={entry.version}>
          <span className="okno-text2 okno-tabular">{formatMoment(entry.happenedAt)}</span>
          <div>
            {entry.commandTitle} <span className="okno-text2">{[entry.authorName, entry.deskName].filter((part) => part !== '').join(', ')}</span>
          </div>
          {entry.version <= 1 ? null : (
            <ul className="okno-changes-fields">
              {entry.changes
                .filter(({ path }) => path !== 'id')
                .map(({ path, before, after }) => (
                  <li key={path}>
                    {labels[path.split('.')[0] ?? ''] ?? path}: {text(path, before) || 'не указано'} → {text(path, after) || 'не указано'}
                  </li>
                ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function NoHistory({ refusal }: { readonly refusal: Refusal }): ReactNode {
  const { text, advice, number } = describeRefusal(refusal);
  const noConnection = refusal.code === 'noConnection';
  return (
    <div className="okno-changes-none">
      <h2>{noConnection ? 'Нет связи с центром' : text}</h2>
      {noConnection ? 'История изменений хранится в центре и откроется, когда появится связь. С документом можно работать.' : `${advice} Код ${number}.`}
    </div>
  );
}
