import type { ReactNode } from 'react';
import { describeRefusal } from '../../shared/base/errors.ts';
import type { Connection } from '../../shared/protocol/ipc.ts';
import { call } from '../bridge.ts';
import { useConnection } from '../store/connection.ts';
import { formatMoment, formatSeconds, formatTime } from '../ui/format.ts';
import { undoLast, useStatusMessage } from '../ui/status-message.ts';
import { useNow } from './clock.ts';

/** The line at the foot: the link to the centre, what waits, external systems, the last result, the clock. Amber off line. */
export function StatusLine(): ReactNode {
  const connection = useConnection((held) => held.connection);
  const message = useStatusMessage((held) => held.message);
  const now = useNow(1000);
  const offline = connection?.state === 'offLine';
  const problem = connection?.problem ?? null;
  return (
    <footer className="okno-status" data-offline={offline} role="contentinfo">
      {connection === null ? null : offline ? <Offline connection={connection} now={now} /> : <Online connection={connection} />}
      {problem === null ? null : <Standstill problem={problem} />}
      <span className="okno-status-message" role="status" aria-live="polite">
        {message === null ? null : (
          <>
            <span className={`okno-cut okno-${message.tone}`} title={message.text}>
              {message.text}
            </span>
            {message.undo === null ? null : (
              <button type="button" className="okno-link" onClick={() => undoLast()}>
                Отменить <span className="okno-key">Ctrl+Z</span>
              </button>
            )}
          </>
        )}
      </span>
      <span className="okno-status-end okno-tabular">{formatMoment(new Date(now).toISOString())}</span>
    </footer>
  );
}

function fillingText({ snapshotPercent, snapshotFailed }: Connection): string {
  if (snapshotPercent !== null) return `данные загружаются: ${snapshotPercent} %`;
  return snapshotFailed ? 'готовые данные оказались повреждены, загружаются по частям' : 'данные загружаются';
}

function Online({ connection }: { readonly connection: Connection }): ReactNode {
  const broken = connection.external.filter(({ works }) => !works);
  const works = connection.external.filter((system) => system.works);
  return (
    <>
      <span>
        <span className={`okno-dot ${connection.state === 'onLine' ? 'okno-green' : 'okno-text3'}`} /> <b>{connection.state === 'onLine' ? 'На связи' : 'Соединение с центром'}</b>
        {connection.dataAt === null ? null : <span className="okno-tabular">{connection.filling ? fillingText(connection) : `обновлено ${formatSeconds(connection.dataAt)}`}</span>}
      </span>
      <span>К отправке {connection.waiting}</span>
      {works.length === 0 ? null : <span>{works.map(({ title }) => title).join(', ')}: {works.length === 1 ? 'работает' : 'работают'}</span>}
      {broken.map(({ system, title, detail, since }) => (
        <span key={system} className="okno-red" title={detail}>
          {title}: не отвечает с {formatTime(since)}
        </span>
      ))}
    </>
  );
}

function Offline({ connection, now }: { readonly connection: Connection; readonly now: number }): ReactNode {
  const seconds = connection.nextAttemptAt === null ? null : Math.max(0, Math.round((Date.parse(connection.nextAttemptAt) - now) / 1000));
  return (
    <>
      <span>
        <span className="okno-dot" /> <b>Нет связи с центром с {formatTime(connection.since)}</b>
      </span>
      <span>К отправке {connection.waiting}, всё сохранено на этом компьютере</span>
      {seconds === null ? null : (
        <button type="button" className="okno-status-retry" title="Попробовать сейчас" onClick={() => void call('connection.sync', {})}>
          Следующая попытка через {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
        </button>
      )}
    </>
  );
}

/** Why the exchange stands still until a person acts, and the act where it can be done here (F33). */
function Standstill({ problem }: { readonly problem: NonNullable<Connection['problem']> }): ReactNode {
  const { text, advice, number } = describeRefusal(problem);
  return (
    <>
      <span className="okno-status-problem okno-red" role="alert" title={`${advice} Код ${number}`}>
        {text}. {advice}
      </span>
      {problem.code === 'massDelete' ? (
        <button type="button" className="okno-link" title="Документы останутся в центре и в истории: они уйдут только с этого рабочего места" onClick={() => void call('connection.allowDeletion', {})}>
          Разрешить удаление
        </button>
      ) : null}
    </>
  );
}
