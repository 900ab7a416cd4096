import { useEffect, useState, type ReactNode } from 'react';
import { appealStateTitles } from '../../../shared/domain/appeal/model.ts';
import { applicationStageTitles } from '../../../shared/domain/application/model.ts';
import type { DocumentName } from '../../../shared/domain/documents.ts';
import type { CallAnswer } from '../../../shared/protocol/ipc.ts';
import { call } from '../../bridge.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { refText, type DocumentRow } from '../../document/rows.ts';
import { onChanged } from '../../store/changes.ts';
import { openDocument } from '../../store/places.ts';
import { StateCell } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatDate, formatMoment } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { appealTones } from '../appeal/appeal-marks.ts';
import { shortAddress } from '../incoming-email/client-card.ts';
import { openRelated } from '../single-window/open-found.ts';

/** Reads again when documents of these types change; null while it is read the first time. */
export function useFollowed<T>(read: () => Promise<T>, question: string, types: readonly string[]): T | null {
  const [held, setHeld] = useState<{ readonly question: string; readonly value: T } | null>(null);
  const followed = types.join(' ');
  useEffect(() => {
    let current = true;
    const again = (): void => {
      void read().then((value) => {
        if (current) setHeld({ question, value });
      });
    };
    again();
    const stop = onChanged(followed.split(' '), again);
    return () => {
      current = false;
      stop();
    };
    // `question` says when `read` asks something else
  }, [question, followed]); // eslint-disable-line react-hooks/exhaustive-deps -- as said above
  return held?.question === question ? held.value : null;
}

/** Documents of one type that belong to this client, newest first: also those that name a card merged into his. */
export function useOfClient<K extends 'application' | 'appeal'>(type: K, clientId: string, newest: string): readonly DocumentRow<K>[] | null {
  return useFollowed(() => listDocuments(type, { where: [{ column: 'clientId', op: 'eq', value: clientId }], sort: [{ column: newest, descending: true }], limit: 500 }), `${type} ${clientId}`, [type, 'client']);
}

type HistoryRow = CallAnswer<'client.history'>[number];

export function useClientHistory(clientId: string): readonly HistoryRow[] | null {
  return useFollowed(() => call('client.history', { clientId }), clientId, ['incomingEmail', 'outgoingEmail', 'appeal', 'application', 'contactEvent', 'client']);
}

function Nothing({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="email-empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

function Link({ type, id, children }: { readonly type: DocumentName; readonly id: string; readonly children: ReactNode }): ReactNode {
  return (
    <button type="button" className="okno-link" onClick={() => openDocument(type, id)}>
      {children}
    </button>
  );
}

/** «Заявки» of the client, from АС ФЭУ. */
export function ClientApplications({ rows }: { readonly rows: readonly DocumentRow<'application'>[] | null }): ReactNode {
  if (rows === null) return null;
  if (rows.length === 0) return <Nothing title="Заявок нет">Заявки клиента приходят из АС ФЭУ и появятся здесь сами.</Nothing>;
  return (
    <table className="email-table" aria-label="Заявки клиента">
      <colgroup>
        <col style={{ width: 176 }} />
        <col style={{ width: 104 }} />
        <col style={{ width: 200 }} />
        <col />
        <col style={{ width: 200 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Номер</th>
          <th scope="col">Дата</th>
          <th scope="col">Объект</th>
          <th scope="col">Адрес</th>
          <th scope="col">Этап</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ document: { id, number, receivedAt, objectName, address, stage } }) => (
          <tr key={id}>
            <td>
              <Link type="application" id={id}>{number}</Link>
            </td>
            <td className="okno-tabular">{formatDate(receivedAt)}</td>
            <td>{objectName}</td>
            <td>{shortAddress(address)}</td>
            <td>{applicationStageTitles[stage]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** «Обращения» of the client. */
export function ClientAppeals({ rows }: { readonly rows: readonly DocumentRow<'appeal'>[] | null }): ReactNode {
  if (rows === null) return null;
  if (rows.length === 0) return <Nothing title="Обращений нет">Обращение создаётся из входящего письма кнопкой «Создать обращение».</Nothing>;
  return (
    <table className="email-table" aria-label="Обращения клиента">
      <colgroup>
        <col style={{ width: 176 }} />
        <col style={{ width: 136 }} />
        <col />
        <col style={{ width: 168 }} />
        <col style={{ width: 184 }} />
        <col style={{ width: 104 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Номер</th>
          <th scope="col">Создано</th>
          <th scope="col">Подтема</th>
          <th scope="col">Ответственный</th>
          <th scope="col">Состояние</th>
          <th scope="col">Срок ответа</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.document.id}>
            <td>
              <Link type="appeal" id={row.document.id}>{row.document.number ?? row.document.internetCardNumber}</Link>
            </td>
            <td className="okno-tabular">{formatMoment(row.document.createdAt)}</td>
            <td>{refText(row, row.document.subtopicId)}</td>
            <td>{refText(row, row.document.responsibleId)}</td>
            <td>
              <StateCell tone={appealTones[row.document.state]}>{appealStateTitles[row.document.state]}</StateCell>
            </td>
            <td className="okno-tabular">{formatDate(row.document.dueAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const icons: Readonly<Record<string, IconName>> = { incomingEmail: 'letter', outgoingEmail: 'letterOut', appeal: 'file', application: 'sheet', contactEvent: 'more' };
const filters = [
  { key: 'all', title: 'Все', types: [] },
  { key: 'emails', title: 'Письма', types: ['incomingEmail', 'outgoingEmail'] },
  { key: 'appeals', title: 'Обращения', types: ['appeal'] },
  { key: 'applications', title: 'Заявки', types: ['application'] },
  { key: 'events', title: 'Другие события', types: ['contactEvent'] },
] as const;
type FilterKey = (typeof filters)[number]['key'];

/** «История»: everything of the client, newest first (2.6.5). */
export function ClientHistory({ rows }: { readonly rows: readonly HistoryRow[] | null }): ReactNode {
  const [filter, setFilter] = useState<FilterKey>('all');
  if (rows === null) return null;
  if (rows.length === 0) return <Nothing title="Истории нет">Письма, обращения и заявки клиента появятся здесь сами.</Nothing>;
  const types: readonly string[] = filters.find(({ key }) => key === filter)?.types ?? [];
  const shown = types.length === 0 ? rows : rows.filter(({ type }) => types.includes(type));
  return (
    <>
      <div className="client-add" role="group" aria-label="Отбор истории">
        {filters.map(({ key, title }) => (
          <Button key={key} small variant={key === filter ? 'default' : 'subtle'} pressed={key === filter} onClick={() => setFilter(key)}>
            {title}
          </Button>
        ))}
      </div>
      <table className="email-table" aria-label="История клиента">
        <colgroup>
          <col style={{ width: 144 }} />
          <col style={{ width: 264 }} />
          <col />
          <col style={{ width: 192 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Когда</th>
            <th scope="col">Событие</th>
            <th scope="col">Тема</th>
            <th scope="col">Состояние</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={`${row.type} ${row.id}`}>
              <td className="okno-tabular">{formatMoment(row.at)}</td>
              <td>
                <span className="client-event">
                  <Icon name={icons[row.type] ?? 'file'} size={14} />
                  <button type="button" className="okno-link" onClick={() => void openRelated(row.type, row.id)}>
                    <Unbroken text={[row.title, row.number].filter((part) => part !== null).join(' ')} />
                  </button>
                </span>
              </td>
              <td>
                <div className="client-subject">{row.subject}</div>
              </td>
              <td className="okno-text2">{row.state}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 ? <div className="email-empty">Под этот отбор в истории ничего нет.</div> : null}
    </>
  );
}
