import { useEffect, useState, type ReactNode } from 'react';
import { applicationStageTitles, type Application } from '../../../shared/domain/application/model.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { applicationNumbersIn } from '../../../shared/domain/incoming-email/text-rules.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { DocumentPicker } from '../../document/document-picker.tsx';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { onChanged } from '../../store/changes.ts';
import { openDocument } from '../../store/places.ts';
import { Check } from '../../ui/choice-field.tsx';
import { formatDate } from '../../ui/format.ts';
import { clientName } from './choose-client.ts';

export interface TiedApplication {
  readonly application: Application;
  /** Its number stands in the letter. */
  readonly named: boolean;
  readonly ofClient: boolean;
}

/** Those named in the letter first, then those of the client, newest first; each once. */
export function tiedApplications(all: readonly Application[], numbers: readonly string[], ofClient: readonly Application[]): readonly TiedApplication[] {
  const own = new Set(ofClient.map(({ id }) => id));
  const unique = [...new Map(all.map((application) => [application.id, application])).values()];
  const rows = unique.map((application) => ({ application, named: numbers.includes(application.number.toUpperCase()), ofClient: own.has(application.id) }));
  return rows.sort((a, b) => Number(b.named) - Number(a.named) || (a.application.receivedAt < b.application.receivedAt ? 1 : -1));
}

async function readApplications(clientId: string | null, numbers: readonly string[], tied: readonly string[]): Promise<readonly TiedApplication[]> {
  const [ofClient, named, known] = await Promise.all([
    clientId === null ? [] : listDocuments('application', { where: [{ column: 'clientId', op: 'eq', value: clientId }], limit: 200 }),
    numbers.length === 0 ? [] : listDocuments('application', { where: [{ column: 'number', op: 'in', value: [...numbers] }], limit: 50 }),
    tied.length === 0 ? [] : listDocuments('application', { where: [{ column: 'id', op: 'in', value: [...tied] }], limit: 200 }),
  ]);
  const own = ofClient.map(({ document }) => document);
  return tiedApplications([...own, ...[...named, ...known].map(({ document }) => document)], numbers, own);
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
  readonly onChoose: (client: { readonly id: string; readonly name: string }) => Promise<void>;
}

/** The client of an application whom «Контакт» may be filled with; null if it is filled, not wanted, or the card is not here. */
async function applicant({ clientId, fromWhom }: IncomingEmail, applicationId: string): Promise<{ readonly id: string; readonly name: string } | null> {
  if (clientId !== null || fromWhom === 'notConsumer') return null;
  const [row] = await listDocuments('application', { where: [{ column: 'id', op: 'eq', value: applicationId }], limit: 1 });
  const id = row?.document.clientId ?? null;
  const name = id === null ? null : await clientName(id);
  return id === null || name === null ? null : { id, name };
}

/** «Заявки» (2.6.7): what the letter is about. The check ties it, «Сохранить» writes; with an empty «Контакт» the applicant is offered. */
export function ApplicationsTab({ form, applications, locked, onChoose }: ApplicationsTabProps): ReactNode {
  const { values } = form;
  const tie = async (id: string): Promise<void> => {
    if (!values.applicationIds.includes(id)) form.set({ applicationIds: [...values.applicationIds, id] });
    const client = await applicant(values, id);
    if (client !== null && (await form.save())) await onChoose(client);
  };
  const untie = (id: string): void => form.set({ applicationIds: values.applicationIds.filter((one) => one !== id) });
  if (applications === null) return null;
  const found = applications.filter(({ named, ofClient }) => named || ofClient).length;
  return (
    <>
      <div className="email-clients-head">
        <span className="okno-text2">{found === 0 ? '' : `Найдено по письму и клиенту: ${found}`}</span>
        <div className="email-applications-search">
          <DocumentPicker type="application" label="Другая заявка" labelHidden placeholder="Другая заявка" value={null} onChange={(id) => (id === null ? undefined : void tie(id))} reason={locked} sort="number" details={({ document }) => [document.applicantName, document.objectName].filter((part) => part !== '').join(', ')} />
        </div>
      </div>
      {applications.length === 0 ? (
        <div className="email-empty">
          <h2>Заявок не найдено</h2>
          {values.clientId === null ? 'Номеров заявок в письме нет, а «Контакт» не заполнен.' : 'Номеров заявок в письме нет, у клиента заявок нет.'} Найдите заявку по номеру, заявителю или адресу в поле «Другая заявка».
        </div>
      ) : (
        <ApplicationTable applications={applications} tied={values.applicationIds} locked={locked} onTie={(id) => void tie(id)} onUntie={untie} />
      )}
    </>
  );
}

interface ApplicationTableProps {
  readonly applications: readonly TiedApplication[];
  readonly tied: readonly string[];
  readonly locked: string | undefined;
  readonly onTie: (id: string) => void;
  readonly onUntie: (id: string) => void;
}

function ApplicationTable({ applications, tied, locked, onTie, onUntie }: ApplicationTableProps): ReactNode {
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
          <tr key={id} data-chosen={tied.includes(id)}>
            <td>
              <Check label={`Связать письмо с заявкой ${number}`} labelHidden checked={tied.includes(id)} reason={locked} onChange={(checked) => (checked ? onTie(id) : onUntie(id))} />
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
