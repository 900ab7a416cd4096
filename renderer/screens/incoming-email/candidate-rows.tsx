import type { ReactNode } from 'react';
import { client as clientType } from '../../../shared/domain/client/model.ts';
import { matchedTitles, type Candidate } from '../../../shared/protocol/ipc.ts';
import { Radio } from '../../ui/choice-field.tsx';
import { phonesOf, tellsApart } from './client-card.ts';
import { clientOf } from './matched-places.ts';

interface CandidateRowsProps {
  readonly candidates: readonly Candidate[] | null;
  readonly chosenId: string | null;
  readonly locked: string | undefined;
  readonly onChoose: (client: { readonly id: string; readonly name: string }) => Promise<void>;
  readonly onAll: () => void;
}

/** More are compared on the tab «Клиенты». */
const MOST = 4;

/** What a client was found by, in words: «ФИО, телефон, номер заявки». */
export function matchedText({ matched }: Candidate): string {
  return matched.map((by) => matchedTitles[by]).join(', ');
}

/** «Возможные клиенты» under «Контакт»: every match, with what it was found by (2.6.4.5). */
export function CandidateRows({ candidates, chosenId, locked, onChoose, onAll }: CandidateRowsProps): ReactNode {
  if (candidates === null) return <div className="email-candidates" />;
  if (candidates.length === 0) {
    return (
      <div className="email-candidates">
        <h3>Возможные клиенты</h3>
        <p className="okno-text2">По адресу, ФИО, телефону и номеру заявки никто не найден.</p>
      </div>
    );
  }
  const shown = candidates.length <= MOST + 1 ? candidates : candidates.slice(0, MOST);
  return (
    <fieldset className="email-candidates okno-plain-fieldset">
      <h3>Возможные клиенты</h3>
      {shown.map((candidate) => {
        const card = clientOf(candidate);
        if (card === null) return null;
        const name = clientType.presentation(card);
        return (
          <div key={card.id} className="email-candidate" data-chosen={card.id === chosenId} title={locked ?? tellsApart(card)}>
            <Radio
              name="candidate"
              label={name}
              checked={card.id === chosenId}
              onChange={() => {
                if (locked === undefined && card.id !== chosenId) void onChoose({ id: card.id, name });
              }}
            />
            <span>{phonesOf(card)[0] ?? ''}</span>
            <span title={matchedText(candidate)}>{matchedText(candidate)}</span>
          </div>
        );
      })}
      {shown.length === candidates.length ? null : (
        <button type="button" className="okno-link" onClick={onAll}>
          Все возможные клиенты: {candidates.length}
        </button>
      )}
    </fieldset>
  );
}
