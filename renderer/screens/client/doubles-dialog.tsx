import { useState, type ReactNode } from 'react';
import type { Client } from '../../../shared/domain/client/model.ts';
import type { Candidate } from '../../../shared/protocol/ipc.ts';
import { rowOf } from '../../document/rows.ts';
import { Button } from '../../ui/button.tsx';
import { Radio } from '../../ui/choice-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CandidateTable } from './candidate-table.tsx';

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
        <CandidateTable
          label="Найденные клиенты"
          rows={rows}
          chosenId={chosen?.id ?? null}
          choice={({ card, name, chosen: isChosen }) => <Radio name="double" label={<span className="okno-visually-hidden">Выбрать: {name}</span>} checked={isChosen} onChange={() => setChosen(card)} />}
        />
      </div>
    </Dialog>
  );
}
