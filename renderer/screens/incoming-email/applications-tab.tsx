import { useEffect, useState, type ReactNode } from 'react';
import { applicationStageTitles, type Application } from '../../../shared/domain/application/model.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { applicationNumbersIn } from '../../../shared/domain/incoming-email/text-rules.ts';
import { listDocuments } from '../../document/document-list.tsx';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { onChanged } from '../../store/changes.ts';
import { openDocument } from '../../store/places.ts';
import { Check } from '../../ui/choice-field.tsx';
import { formatDate } from '../../ui/format.ts';

export interface TiedApplication {
  readonly application: Application;
  /** Its number stands in the letter. */
  readonly named: boolean;
  readonly ofClient: boolean;
}

/** Those named in the letter first, then those of the client, newest first; each once. */
export function tiedApplications(all: readonly Application[], numbers: readonly string[], clientId: string | null): readonly TiedApplication[] {
  const unique = [...new Map(all.map((application) => [application.id, application])).values()];
  const rows = unique.map((application) => ({ application, named: numbers.includes(application.number.toUpperCase()), ofClient: clientId !== null && application.clientId === clientId }));
  return rows.sort((a, b) => Number(b.named) - Number(a.named) || (a.application.receivedAt < b.application.receivedAt ? 1 : -1));
}

async function readApplications(clientId: string | null, numbers: readonly string[], tied: readonly string[]): Promise<readonly TiedApplication[]> {
  const [ofClient, named, known] = await Promise.all([
    clientId === null ? [] : listDocuments('application', { where: [{ column: 'clientId', op: 'eq', value: clientId }], limit: 200 }),
    numbers.length === 0 ? [] : listDocuments('application', { where: [{ column: 'number', op: 'in', value: [...numbers] }], limit: 50 }),
    tied.length === 0 ? [] : listDocuments('application', { where: [{ column: 'id', op: 'in', value: [...tied] }], limit: 200 }),
  ]);
  return tiedApplications([...ofClient, ...named, ...known].map(({ document }) => document), numbers, clientId);
}

/** Applications of the client, of the letter's text, and those tied already; null while they are read. */
export function useApplications({ clientId, subject, text, applicationIds }: IncomingEmail): readonly TiedApplication[] | null {
  const [held, setHeld] = useState<readonly TiedApplication[] | null>(null);
  const numbers = applicationNumbersIn(`${subject}\n${text}`).join(' ');
  const tied = applicationIds.join(' ');
  useEffect(() => {
    let current = true;
    const words = (joined: string): readonly string[] => (joined === '' ? [] : joined.split(' '));
    const read = (): void => {
      void readApplications(clientId, words(numbers), words(tied)).then((found) => {
        if (current) setHeld(found);
      });
    };
    read();
    const stop = onChanged(['application'], read);
    return () => {
      current = false;
      stop();
    };
  }, [clientId, numbers, tied]);
  return held;
}

interface ApplicationsTabProps {
  readonly form: DocumentForm<'incomingEmail'>;
  readonly applications: readonly TiedApplication[] | null;
  readonly locked: string | undefined;
}

/** «Заявки» (2.6.7): what the letter is about; the check ties it, «Сохранить» writes. */
export function ApplicationsTab({ form, applications, locked }: ApplicationsTabProps): ReactNode {
  const { applicationIds } = form.values;
  if (applications === null) return null;
  if (applications.length === 0) {
    return (
      <div className="email-empty">
        <h2>Заявок не найдено</h2>
        {form.values.clientId === null ? 'Номеров заявок в письме нет, а «Контакт» не заполнен. Выберите клиента: здесь появятся его заявки.' : 'Номеров заявок в письме нет, у клиента заявок нет.'}
      </div>
    );
  }
  const tie = (id: string, checked: boolean): void => form.set({ applicationIds: checked ? [...applicationIds, id] : applicationIds.filter((one) => one !== id) });
  return (
    <table className="email-table" aria-label="Заявки">
      <colgroup>
        <col style={{ width: 76 }} />
        <col style={{ width: 160 }} />
        <col />
        <col style={{ width: 160 }} />
        <col style={{ width: 112 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Связать</th>
          <th scope="col">Номер</th>
          <th scope="col">Объект</th>
          <th scope="col">Этап</th>
          <th scope="col">Найдена</th>
        </tr>
      </thead>
      <tbody>
        {applications.map(({ application: { id, number, objectName, address, stage, receivedAt, applicantName }, named, ofClient }) => (
          <tr key={id} data-chosen={applicationIds.includes(id)}>
            <td>
              <Check label={`Связать письмо с заявкой ${number}`} labelHidden checked={applicationIds.includes(id)} reason={locked} onChange={(checked) => tie(id, checked)} />
            </td>
            <td>
              <button type="button" className="okno-link" onClick={() => openDocument('application', id)}>
                {number}
              </button>
              <small>от {formatDate(receivedAt)}</small>
            </td>
            <td>
              {[objectName, address].filter((part) => part !== '').join(', ')}
              <small>{applicantName}</small>
            </td>
            <td>{applicationStageTitles[stage]}</td>
            <td>
              <span className="email-searched">
                {named ? <mark className="email-mark">в письме</mark> : null}
                {ofClient ? <span className="okno-text2">у клиента</span> : null}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
