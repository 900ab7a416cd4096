import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { z } from 'zod';
import type { DocumentName } from '../../../shared/domain/documents.ts';
import { isDocumentName } from '../../../shared/domain/documents.ts';
import { call } from '../../bridge.ts';
import { usePlace } from '../../document/place-context.ts';
import type { DocumentRow } from '../../document/rows.ts';
import { useDocument } from '../../document/use-document.ts';
import { WithPreview } from '../../document/with-preview.tsx';
import { openClient, openClientCard } from '../../store/open-client.ts';
import { goTo } from '../../store/places.ts';
import { search } from '../../store/search.ts';
import { useSetting } from '../../store/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Strip } from '../../ui/document-frame.tsx';
import { plural } from '../../ui/format.ts';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { Stack } from '../../ui/stack.tsx';
import { LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { useClientHistory, useOfClient } from '../client/client-related.ts';
import { ApplicationsSection, noCommentYet } from './client-applications.tsx';
import { tell } from '../../ui/status-message.ts';
import { ClientFromCentre } from './client-from-centre.tsx';
import { ClientSummary } from './client-summary.tsx';
import { DocumentPreview } from './document-preview.tsx';
import { HistorySection, type HistoryFilter } from './history-section.tsx';
import { withCentre, type HistoryRow } from './history-with-centre.ts';
import { NoClient } from './no-client.tsx';
import { openRelated } from './open-found.ts';
import { OpenMatters } from './open-matters.tsx';
import '../tasks/tasks.css';
import './single-window.css';

/** «Единое окно»: nobody chosen (whom was worked with last), or one client and all that concerns him. Several found stand in the search's results. */
export function SingleWindow(): ReactNode {
  const { params } = usePlace();
  const id = params['clientId'] ?? '';
  return id === '' ? <NoClient /> : <OneClient key={id} id={id} />;
}

const leaveClient = (): void => goTo('singleWindow', { clientId: '' });

function OneClient({ id }: { readonly id: string }): ReactNode {
  const row = useDocument('client', id);
  const slow = useSlow(row === undefined);
  const there = row !== undefined && row !== null;
  const becameId = there && row.document.id !== id ? row.document.id : null;
  useEffect(() => {
    if (becameId !== null) openClient(becameId);
  }, [becameId]);
  useEffect(() => {
    if (there) void call('client.opened', { clientId: id }).then(search.readRecent);
  }, [id, there]);
  useHotkeys([{ keys: 'Escape', title: 'Закрыть клиента', run: leaveClient }]);
  if (row === undefined) return slow ? <LoadingRows /> : null;
  if (row === null) return <ClientFromCentre id={id} onClose={leaveClient} />;
  return <Client row={row} />;
}

interface Chosen {
  readonly type: DocumentName;
  readonly id: string;
}

function Client({ row }: { readonly row: DocumentRow<'client'> }): ReactNode {
  const { id, aliasOf, name } = row.document;
  const { value: height, set: setHeight } = useSetting('pane.singleWindow.applications', z.number().nullable(), null);
  const applications = useOfClient('application', id, 'receivedAt');
  const own = useClientHistory(id);
  const [atCentre, setAtCentre] = useState<readonly HistoryRow[]>([]);
  const history = useMemo(() => (own === null ? null : withCentre(own, atCentre)), [own, atCentre]);
  const askCentre = async (): Promise<void> => {
    const answer = await call('client.centreHistory', { clientId: id });
    if (!answer.ok) return tell('Центр не ответил: показано то, что есть на этом рабочем месте', { tone: 'amber' });
    setAtCentre(answer.value.rows);
    const added = withCentre(own ?? [], answer.value.rows).length - (own?.length ?? 0);
    tell(added === 0 ? 'В центре больше ничего нет' : `Из центра: ещё ${added} ${plural(added, 'запись', 'записи', 'записей')}`, { tone: 'green' });
  };
  const [filter, setFilter] = useState<HistoryFilter>('all');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const pinned = search.use(({ recent }) => recent?.pinned.some((one) => one.id === id) ?? false);
  useHotkeys([{ keys: 'F2', title: 'Карточка клиента; в списке — открыть строку', run: () => openClientCard(id) }]);
  const pin = (): void => void call('search.pin', { clientId: id, pinned: !pinned }).then(search.readRecent);
  const first = history?.[0];
  const shown = chosen ?? (first !== undefined && isDocumentName(first.type) ? { type: first.type, id: first.id } : null);
  const choose = (type: string, documentId: string | null): void => {
    if (documentId !== null && isDocumentName(type)) setChosen({ type, id: documentId });
  };
  return (
    <WithPreview
      setting="pane.singleWindow"
      width={356}
      list={
        <div className="single-window">
          <ClientSummary row={row} pinned={pinned} onPin={pin} onClose={leaveClient} />
          {aliasOf === null ? null : (
            <Strip>
              Карточка объединена с другой, которой нет на этом рабочем месте.
            </Strip>
          )}
          <OpenMatters history={history ?? []} onShowAll={() => setFilter('open')} />
          <Stack
            label="Граница заявок и истории"
            height={height ?? sectionHeight(applications?.length ?? 1)}
            minAbove={84}
            minBelow={140}
            onHeight={setHeight}
            above={<ApplicationsSection clientId={id} owner={name} rows={applications} onChosen={(application) => choose('application', application?.document.id ?? null)} />}
            below={<HistorySection clientId={id} owner={name} history={history} filter={filter} onFilter={setFilter} onCentre={() => void askCentre()} onChosen={(event) => event !== null && choose(event.type, event.id)} />}
          />
        </div>
      }
      preview={<Preview shown={shown} />}
    />
  );
}

const HEAD = 61;
const ROW = 28;
/** The line that says that there are none. */
const NOTHING = 36;

/** As high as its rows, up to five of them. */
function sectionHeight(rows: number): number {
  return HEAD + (rows === 0 ? NOTHING : ROW * Math.min(rows, 5));
}

function Preview({ shown }: { readonly shown: Chosen | null }): ReactNode {
  return (
    <div className="okno-preview">
      <div className="okno-preview-commands">
        <Button variant={shown === null ? 'default' : 'primary'} reason={shown === null ? 'Выберите заявку или событие' : undefined} hint="Enter" onClick={() => shown !== null && void openRelated(shown.type, shown.id)}>
          Открыть
        </Button>
        {shown?.type === 'application' ? (
          <Button reason={noCommentYet} onClick={() => undefined}>
            Добавить комментарий
          </Button>
        ) : null}
      </div>
      {shown === null ? null : <DocumentPreview key={`${shown.type} ${shown.id}`} type={shown.type} id={shown.id} />}
    </div>
  );
}
