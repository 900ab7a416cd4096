import { useEffect, useState, type ReactNode } from 'react';
import type { Candidate } from '../../../shared/protocol/ipc.ts';
import { DocumentPicker } from '../../document/document-picker.tsx';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { useDocument } from '../../document/use-document.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/choice-field.tsx';
import { CandidateTable, type CandidateClient } from '../client/candidate-table.tsx';
import { phonesOf, tellsApart } from './client-card.ts';
import { clientOf } from './matched-places.ts';
import { createClient } from './choose-client.ts';

interface ClientsTabProps {
  readonly form: DocumentForm<'incomingEmail'>;
  readonly candidates: readonly Candidate[] | null;
  readonly locked: string | undefined;
  readonly onChoose: (client: { readonly id: string; readonly name: string }) => Promise<void>;
}

/** The window «Клиенты» (2.6.4.3): everyone who matches, to be compared; one check; what was found is marked in the letter. */
export function ClientsTab({ form, candidates, locked, onChoose }: ClientsTabProps): ReactNode {
  const { values } = form;
  const [otherId, setOtherId] = useState<string | null>(null);
  const other = useDocument('client', otherId);
  const chosen = useDocument('client', values.clientId);
  const found = (candidates ?? []).flatMap((candidate): readonly CandidateClient[] => {
    const card = clientOf(candidate);
    return card === null ? [] : [{ card, matched: candidate.matched }];
  });
  const added = [chosen?.document, other?.document].flatMap((card) => (card === undefined || found.some((row) => row.card.id === card.id) ? [] : [card]));
  const rows = [...found, ...[...new Map(added.map((card) => [card.id, card])).values()].map((card): CandidateClient => ({ card, matched: [] }))];
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
      <CandidateTable
        label="Клиенты"
        rows={rows}
        chosenId={chosen?.document.id ?? values.clientId}
        choice={({ card, name, chosen: isChosen }) => (
          <Check label={`Выбрать: ${name}`} labelHidden checked={isChosen} reason={reason} onChange={(checked) => (checked ? void onChoose({ id: card.id, name }) : form.set({ clientId: null }))} />
        )}
      />
      {candidates !== null && rows.length === 0 ? (
        <div className="email-empty">
          <h2>По письму никто не найден</h2>
          Искали по адресу, ФИО, телефону, ИНН и номеру заявки. Найдите клиента в поле «Другой клиент» или создайте новую карточку.
        </div>
      ) : null}
    </>
  );
}
