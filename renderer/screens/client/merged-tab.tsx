import type { ReactNode } from 'react';
import { client as clientType } from '../../../shared/domain/client/model.ts';
import { listDocuments } from '../../document/document-list.tsx';
import type { DocumentRow } from '../../document/rows.ts';
import { runCommand, useNotAllowed } from '../../store/commands.ts';
import { Button } from '../../ui/button.tsx';
import { useQuestion } from '../../ui/dialog.tsx';
import { formatMoment } from '../../ui/format.ts';
import { Named } from '../appeal/classification.tsx';
import { emailsOf, phonesOf, tellsApart } from '../incoming-email/client-card.ts';
import { useFollowed } from './client-related.ts';

/** Cards that were merged into this one, of whatever depth; null while they are read. */
export function useMerged(clientId: string): readonly DocumentRow<'client'>[] | null {
  return useFollowed(() => listDocuments('client', { where: [{ column: 'aliasOf', op: 'eq', value: clientId }], sort: [{ column: 'name', descending: false }] }), `merged ${clientId}`, ['client']);
}

/** «Объединённые карточки»: which cards became this one, when and by whom; each may come back. */
export function MergedCards({ clientId, rows }: { readonly clientId: string; readonly rows: readonly DocumentRow<'client'>[] }): ReactNode {
  const { ask, question } = useQuestion();
  const denied = useNotAllowed('client.unmerge');
  const part = async ({ document }: DocumentRow<'client'>): Promise<void> => {
    const name = clientType.presentation(document);
    const answer = await ask({
      title: 'Отменить объединение?',
      text: `Карточка «${name}» снова станет отдельной, с её прежними письмами, обращениями и заявками. Что сделано после объединения, останется в этой карточке.`,
      answers: [{ id: 'part', label: 'Отменить объединение' }],
    });
    if (answer === 'part') await runCommand('client.unmerge', { id: clientId, discarded: [{ id: document.id }] }, { said: `Объединение отменено: ${name}` });
  };
  return (
    <>
      <table className="email-table" aria-label="Объединённые карточки">
        <colgroup>
          <col />
          <col style={{ width: 144 }} />
          <col style={{ width: 208 }} />
          <col style={{ width: 136 }} />
          <col style={{ width: 144 }} />
          <col style={{ width: 208 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Карточка</th>
            <th scope="col">Телефон</th>
            <th scope="col">E-mail</th>
            <th scope="col">Объединена</th>
            <th scope="col">Кто</th>
            <th scope="col">Действие</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { document } = row;
            const further = document.aliasOf === clientId ? undefined : 'Сначала отмените объединение карточки, в которую её объединили';
            return (
              <tr key={document.id}>
                <td>
                  {clientType.presentation(document)}
                  <small>{tellsApart(document)}</small>
                </td>
                <td className="okno-tabular">{phonesOf(document)[0] ?? ''}</td>
                <td>{emailsOf(document)[0] ?? ''}</td>
                <td className="okno-tabular">{formatMoment(document.merged?.at ?? null)}</td>
                <td>{document.merged === undefined ? '' : <Named type="user" id={document.merged.by} />}</td>
                <td>
                  <Button small reason={denied ?? further} onClick={() => void part(row)}>
                    Отменить объединение
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {question}
    </>
  );
}
