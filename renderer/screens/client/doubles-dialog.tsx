import { useState, type ReactNode } from 'react';
import { client as clientType, type Client } from '../../../shared/domain/client/model.ts';
import { matchedTitles, type Candidate } from '../../../shared/protocol/ipc.ts';
import { rowOf } from '../../document/rows.ts';
import { Button } from '../../ui/button.tsx';
import { Radio } from '../../ui/choice-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { addressesOf, emailsOf, phonesOf, tellsApart } from '../incoming-email/client-card.ts';

/** What the person decided about the found clients: one of them, a new card all the same, or back to the form. */
export type DoublesAnswer = { readonly kind: 'chosen'; readonly client: Client } | { readonly kind: 'new' } | { readonly kind: 'back' };

interface DoublesDialogProps {
  readonly found: readonly Candidate[];
  readonly onAnswer: (answer: DoublesAnswer) => void;
}

/** Clients with the same details (2.6.6.9): choosing one discards the new card. */
export function DoublesDialog({ found, onAnswer }: DoublesDialogProps): ReactNode {
  const [chosen, setChosen] = useState<Client | null>(null);
  const rows = found.map(({ row, matched }) => ({ card: rowOf<'client'>(row).document, matched }));
  return (
    <Dialog
      title="Найдены клиенты с такими же реквизитами"
      text="Выберите клиента: новая карточка не будет создана. Если среди найденных его нет, создайте нового."
      width={880}
      onClose={() => onAnswer({ kind: 'back' })}
      actions={
        <>
          <Button variant="primary" level="dialog" reason={chosen === null ? 'Выберите строку' : undefined} onClick={() => (chosen === null ? undefined : onAnswer({ kind: 'chosen', client: chosen }))}>
            Выбрать
          </Button>
          <Button level="dialog" letter="С" hint="Alt+С" onClick={() => onAnswer({ kind: 'new' })}>
            Создать нового
          </Button>
        </>
      }
    >
      <div className="client-doubles">
        <table className="email-table" aria-label="Найденные клиенты">
          <colgroup>
            <col style={{ width: 68 }} />
            <col style={{ width: 128 }} />
            <col />
            <col style={{ width: 140 }} />
            <col style={{ width: 160 }} />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">Выбор</th>
              <th scope="col">Строки поиска</th>
              <th scope="col">Наименование</th>
              <th scope="col">Телефон</th>
              <th scope="col">E-mail</th>
              <th scope="col">Адрес</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ card, matched }) => (
              <DoubleRow key={card.id} card={card} matched={matched} chosen={card.id === chosen?.id} onChoose={() => setChosen(card)} />
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}

interface DoubleRowProps {
  readonly card: Client;
  readonly matched: Candidate['matched'];
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function DoubleRow({ card, matched, chosen, onChoose }: DoubleRowProps): ReactNode {
  const name = clientType.presentation(card);
  return (
    <tr data-chosen={chosen}>
      <td>
        <Radio name="double" label={<span className="okno-visually-hidden">Выбрать: {name}</span>} checked={chosen} onChange={onChoose} />
      </td>
      <td>
        <span className="email-searched">
          {matched.map((by) => (
            <mark key={by} className="email-mark">
              {matchedTitles[by]}
            </mark>
          ))}
        </span>
      </td>
      <td>
        <span className="email-client-name">{name}</span>
        <small>{tellsApart(card)}</small>
      </td>
      <td>{phonesOf(card).slice(0, 2).map((phone) => <div key={phone}>{phone}</div>)}</td>
      <td>{emailsOf(card).slice(0, 2).map((address) => <div key={address}>{address}</div>)}</td>
      <td>{addressesOf(card)[0] ?? ''}</td>
    </tr>
  );
}
