import { useEffect, useState, type ReactNode } from 'react';
import { client as clientType, type Client } from '../../../shared/domain/client/model.ts';
import { matchedTitles, type Candidate } from '../../../shared/protocol/ipc.ts';
import { DocumentPicker } from '../../document/document-picker.tsx';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { useDocument } from '../../document/use-document.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/choice-field.tsx';
import { addressesOf, emailsOf, phonesOf, tellsApart } from './client-card.ts';
import { clientOf } from './matched-places.ts';
import { createClient } from './choose-client.ts';

interface ClientsTabProps {
  readonly form: DocumentForm<'incomingEmail'>;
  readonly candidates: readonly Candidate[] | null;
  readonly locked: string | undefined;
  readonly onChoose: (client: { readonly id: string; readonly name: string }) => Promise<void>;
}

interface ClientRow {
  readonly card: Client;
  readonly matched: Candidate['matched'];
}

/** The window «Клиенты» (2.6.4.3): everyone who matches, to be compared; one check; what was found is marked in the letter. */
export function ClientsTab({ form, candidates, locked, onChoose }: ClientsTabProps): ReactNode {
  const { values } = form;
  const [otherId, setOtherId] = useState<string | null>(null);
  const other = useDocument('client', otherId);
  const chosen = useDocument('client', values.clientId);
  const found = (candidates ?? []).flatMap((candidate): readonly ClientRow[] => {
    const card = clientOf(candidate);
    return card === null ? [] : [{ card, matched: candidate.matched }];
  });
  const added = [chosen?.document, other?.document].flatMap((card) => (card === undefined || found.some((row) => row.card.id === card.id) ? [] : [card]));
  const rows = [...found, ...[...new Map(added.map((card) => [card.id, card])).values()].map((card): ClientRow => ({ card, matched: [] }))];
  const reason = locked ?? (values.fromWhom === 'notConsumer' ? 'Письмо не от потребителя услуг: «Контакт» не заполняется' : undefined);
  useEffect(() => {
    if (otherId !== null && otherId === values.clientId) setOtherId(null);
  }, [otherId, values.clientId]);
  return (
    <>
      <div className="email-clients-head">
        <span className="okno-text2">{candidates === null ? '' : `Найдено по письму: ${found.length}`}</span>
        <div className="email-clients-search">
          <DocumentPicker type="client" label="Другой клиент" labelHidden placeholder="Другой клиент" value={otherId} onChange={setOtherId} reason={reason} sort="name" details={({ document }) => [tellsApart(document), phonesOf(document)[0] ?? ''].filter((part) => part !== '').join(', ')} />
        </div>
        <Button letter="К" reason={reason} onClick={() => createClient(values.id)}>
          Создать клиента
        </Button>
      </div>
      <table className="email-table" aria-label="Клиенты">
        <colgroup>
          <col style={{ width: 76 }} />
          <col />
          <col style={{ width: 136 }} />
          <col style={{ width: 120 }} />
          <col />
          <col style={{ width: 112 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Выбор</th>
            <th scope="col">Наименование</th>
            <th scope="col">Телефон</th>
            <th scope="col">E-mail</th>
            <th scope="col">Адрес</th>
            <th scope="col">Строки поиска</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CandidateRow key={row.card.id} row={row} chosen={row.card.id === values.clientId} reason={reason} onChoose={onChoose} onClear={() => form.set({ clientId: null })} />
          ))}
        </tbody>
      </table>
      {candidates !== null && rows.length === 0 ? (
        <div className="email-empty">
          <h2>По письму никто не найден</h2>
          Искали по адресу, ФИО, телефону, ИНН и номеру заявки. Найдите клиента в поле «Другой клиент» или создайте новую карточку.
        </div>
      ) : null}
    </>
  );
}

interface CandidateRowProps {
  readonly row: ClientRow;
  readonly chosen: boolean;
  readonly reason: string | undefined;
  readonly onChoose: ClientsTabProps['onChoose'];
  readonly onClear: () => void;
}

function CandidateRow({ row: { card, matched }, chosen, reason, onChoose, onClear }: CandidateRowProps): ReactNode {
  const name = clientType.presentation(card);
  const [phone = '', ...phones] = phonesOf(card);
  const emails = emailsOf(card);
  const addresses = addressesOf(card);
  return (
    <tr data-chosen={chosen}>
      <td>
        <Check label={`Выбрать: ${name}`} labelHidden checked={chosen} reason={reason} onChange={(checked) => (checked ? void onChoose({ id: card.id, name }) : onClear())} />
      </td>
      <td>
        <span className="email-client-name">{name}</span>
        <small>{tellsApart(card)}</small>
      </td>
      <td>
        {phone === '' ? <span className="okno-text2">не указан</span> : phone}
        {phones.slice(0, 2).map((more) => (
          <small key={more}>{more}</small>
        ))}
      </td>
      <td>{emails.length === 0 ? <span className="okno-text2">не указан</span> : emails.slice(0, 2).map((address) => <div key={address}>{address}</div>)}</td>
      <td>{addresses[0] ?? <span className="okno-text2">не указан</span>}</td>
      <td>
        <span className="email-searched">
          {matched.map((by) => (
            <mark key={by} className="email-mark">
              {matchedTitles[by]}
            </mark>
          ))}
        </span>
      </td>
    </tr>
  );
}
