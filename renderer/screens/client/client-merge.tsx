import { useEffect, useState, type ReactNode } from 'react';
import { client as clientType, type Client } from '../../../shared/domain/client/model.ts';
import type { Candidate } from '../../../shared/protocol/ipc.ts';
import { call } from '../../bridge.ts';
import { DocumentPicker } from '../../document/document-picker.tsx';
import { usePlace } from '../../document/place-context.ts';
import { rowOf, type DocumentRow } from '../../document/rows.ts';
import { onChanged } from '../../store/changes.ts';
import { runCommand, useNotAllowed } from '../../store/commands.ts';
import { dropPlace, openDocument, setPlaceTitle } from '../../store/places.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/choice-field.tsx';
import { CommandBar, CommandGap } from '../../ui/command-bar.tsx';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { phonesOf, tellsApart } from '../incoming-email/client-card.ts';
import { CandidateTable } from './candidate-table.tsx';
import { MergeTable } from './merge-table.tsx';
import { mergeInput, mergeRows, type MergeChoices } from './merge-values.ts';
import '../incoming-email/incoming-email-form.css';
import './client.css';

/** Cards as they stand, in the order asked for; one that is not here or was merged already is left out. What was read last stays until the next is there. */
function useCards(ids: readonly string[]): readonly DocumentRow<'client'>[] | null {
  const [held, setHeld] = useState<readonly DocumentRow<'client'>[] | null>(null);
  const asked = ids.join(' ');
  useEffect(() => {
    let current = true;
    const read = (): void => {
      void Promise.all(asked.split(' ').map((id) => call('document.get', { type: 'client', id }))).then((rows) => {
        if (!current) return;
        const standing = asked.split(' ').flatMap((id, index) => {
          const row = rows[index] ?? null;
          return row === null || row.document['id'] !== id ? [] : [rowOf<'client'>(row)];
        });
        setHeld(standing.filter(({ document }) => document.aliasOf === null));
      });
    };
    read();
    const stop = onChanged(['client'], read);
    return () => {
      current = false;
      stop();
    };
  }, [asked]);
  useEffect(() => {
    for (const clientId of asked.split(' ')) void call('client.opened', { clientId });
  }, [asked]);
  return held;
}

/** «Объединение клиентов»: doubles side by side become one card (2.6.6.9). */
export function ClientMerge(): ReactNode {
  const { key, params } = usePlace();
  const [added, setAdded] = useState<readonly string[]>([]);
  const given = [params['id'] ?? '', ...(params['others'] ?? '').split(' ')].filter((id) => id !== '');
  const ids = [...new Set([...given, ...added])];
  const rows = useCards(ids);
  const slow = useSlow(rows === null);
  const close = (): void => dropPlace(key);
  useEffect(() => setPlaceTitle(key, 'Объединение клиентов'), [key]);
  useHotkeys([{ keys: 'Escape', title: 'Закрыть', run: close }]);
  if (rows === null) return <DocumentFrame title="Объединение клиентов" onClose={close}>{slow ? <LoadingRows /> : null}</DocumentFrame>;
  return <Comparison rows={rows} gone={ids.length - rows.length} onAdd={(id) => setAdded([...added, id])} onClose={close} />;
}

interface ComparisonProps {
  readonly rows: readonly DocumentRow<'client'>[];
  /** Cards asked for that do not stand by themselves. */
  readonly gone: number;
  readonly onAdd: (id: string) => void;
  readonly onClose: () => void;
}

function Comparison({ rows, gone, onAdd, onClose }: ComparisonProps): ReactNode {
  const denied = useNotAllowed('client.merge');
  const [kept, setKept] = useState<string | null>(null);
  const [choices, setChoices] = useState<MergeChoices>({});
  const cards = rows.map(({ document }) => document);
  const keptCard = cards.find(({ id }) => id === kept) ?? cards[0];
  const keptId = keptCard?.id ?? '';
  const fields = mergeRows(cards, keptId, choices);
  const merge = async (): Promise<void> => {
    const answer = await runCommand('client.merge', mergeInput(cards, keptId, choices), { said: `Карточки объединены: ${keptCard === undefined ? '' : clientType.presentation(keptCard)}` });
    if (!answer.ok) return;
    onClose();
    openDocument('client', keptId);
  };
  return (
    <DocumentFrame
      title="Объединение клиентов"
      badge={<Badge>{`Карточек ${String(cards.length)}`}</Badge>}
      note="Письма, обращения и заявки всех карточек останутся у одного клиента"
      commands={
        <CommandBar>
          <Button variant="primary" keys="Ctrl+Enter" reason={denied ?? (cards.length < 2 ? 'Добавьте вторую карточку' : undefined)} onClick={() => void merge()}>
            Объединить
          </Button>
          <CommandGap />
          <div className="client-merge-add">
            <DocumentPicker
              type="client"
              label="Ещё карточка"
              labelHidden
              placeholder="Ещё карточка"
              value={null}
              onChange={(id) => (id === null ? undefined : onAdd(id))}
              where={cards.map(({ id }) => ({ column: 'id', op: 'ne', value: id }))}
              sort="name"
              details={({ document }) => [tellsApart(document), phonesOf(document)[0] ?? ''].filter((part) => part !== '').join(', ')}
              reason={denied}
            />
          </div>
        </CommandBar>
      }
      onClose={onClose}
      {...(gone === 0 ? {} : { strip: <Strip>{`Недоступны для объединения: ${String(gone)}. Карточки уже объединены или их нет на этом рабочем месте.`}</Strip> })}
    >
      {cards.length >= 2 ? (
        <MergeTable rows={rows} fields={fields} keptId={keptId} onKeep={setKept} onChoose={(chosen) => setChoices({ ...choices, ...chosen })} />
      ) : keptCard === undefined ? (
        <EmptyState title="Объединять нечего">Выберите карточки в списке «Клиенты» пробелом или найдите их в поле «Ещё карточка».</EmptyState>
      ) : (
        <Doubles card={keptCard} reason={denied} onAdd={onAdd} />
      )}
    </DocumentFrame>
  );
}

/** Cards like the only one chosen, to be added to it. */
function Doubles({ card, reason, onAdd }: { readonly card: Client; readonly reason: string | undefined; readonly onAdd: (id: string) => void }): ReactNode {
  const [found, setFound] = useState<readonly Candidate[] | null>(null);
  const question = JSON.stringify({ ...card, deleted: false });
  useEffect(() => {
    let current = true;
    void call('client.doubles', { client: JSON.parse(question) as Record<string, never> }).then((doubles) => current && setFound(doubles)); // written one line above from a card
    return () => {
      current = false;
    };
  }, [question]);
  if (found === null) return null;
  if (found.length === 0) return <EmptyState title="Похожих карточек нет">{`С теми же ФИО, телефоном, e-mail, ИНН или ОГРН, что у карточки «${clientType.presentation(card)}», на этом рабочем месте никого нет. Другую карточку найдите в поле «Ещё карточка».`}</EmptyState>;
  return (
    <>
      <div className="email-clients-head">
        <span className="okno-text2">{`Похожи на карточку «${clientType.presentation(card)}»: отметьте ту же самую`}</span>
      </div>
      <CandidateTable
        label="Похожие карточки"
        rows={found.map(({ row, matched }) => ({ card: rowOf<'client'>(row).document, matched }))}
        chosenId={null}
        choice={({ card: double, name }) => <Check label={`Добавить: ${name}`} labelHidden checked={false} reason={reason} onChange={() => onAdd(double.id)} />}
      />
    </>
  );
}
