import type { ReactNode } from 'react';
import type { SearchGroup, SearchType } from '../../../shared/protocol/search.ts';
import { WithPreview } from '../../document/with-preview.tsx';
import { useNotAllowed } from '../../store/commands.ts';
import { useConnection } from '../../store/connection.ts';
import { createClientCard } from '../../store/open-client.ts';
import { foundLines, search, type FoundLine, type SearchState } from '../../store/search.ts';
import { Button } from '../../ui/button.tsx';
import { formatTime } from '../../ui/format.ts';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { FoundList } from './found-list.tsx';
import { FoundPreview } from './found-preview.tsx';
import { openLine } from './open-found.ts';
import { searchTypeTitles } from './search-titles.ts';
import './single-window.css';

/** Id of the list of results: the search field names it as its own. */
export const searchListId = 'search-found';

/** What was found, in the place of the content while one types; at the right what the chosen line is. */
export function SearchResults(): ReactNode {
  const state = search.use();
  const lines = foundLines(state);
  const line = lines.find(({ key }) => key === state.chosen) ?? null;
  useHotkeys([{ keys: 'Escape', title: 'Закрыть поиск', run: search.clear }]);
  return (
    <WithPreview
      setting="pane.search"
      width={312}
      list={
        <section className="search-results" aria-label="Результаты поиска">
          <Chips state={state} />
          <div className="found-headings" aria-hidden="true">
            <span>Наименование, номер</span>
            <span>Телефон, дата</span>
            <span>Где найдено</span>
            <span>Состояние</span>
          </div>
          <div className="search-results-body">
            <Body state={state} lines={lines} />
          </div>
        </section>
      }
      preview={<FoundPreview line={line?.kind === 'row' ? line : null} onOpen={openLine} />}
    />
  );
}

/** «8+»: the answer holds the first of them only. */
function countOf({ rows, more }: SearchGroup): string {
  return more ? `${rows.length}+` : String(rows.length);
}

function Chips({ state: { text, answer, only } }: { readonly state: SearchState }): ReactNode {
  const groups = text.trim() === '' ? [] : (answer?.found.groups ?? []);
  const understood = answer?.found.understood ?? null;
  const slow = useSlow(text.trim() !== '' && answer?.text !== text);
  const all = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const chip = (type: SearchType | null, title: string, count: string): ReactNode => (
    <button key={title} type="button" className="okno-list-chip" aria-pressed={only === type} onMouseDown={(event) => event.preventDefault()} onClick={() => search.showOnly(type)}>
      {title} <span className="okno-tabular">{count}</span>
    </button>
  );
  return (
    <div className="okno-list-head search-head">
      <h1 className={text.trim() === '' ? 'okno-title' : 'okno-visually-hidden'}>{text.trim() === '' ? 'Кого найти?' : `Найдено: ${text.trim()}`}</h1>
      {groups.length === 0 ? null : (
        <div className="okno-list-chips">
          {chip(null, 'Всё', groups.some(({ more }) => more) ? `${all}+` : String(all))}
          {groups.map((group) => chip(group.type, searchTypeTitles[group.type], countOf(group)))}
        </div>
      )}
      <div className="okno-list-head-end">
        {slow ? <span className="okno-text2">Ищем…</span> : null}
        {understood === null || text.trim() === '' ? null : (
          <span className="okno-text2 okno-cut">
            Понято как <b className="okno-neutral">{understood}</b>
          </span>
        )}
        <OfflineNote />
      </div>
    </div>
  );
}

function OfflineNote(): ReactNode {
  const connection = useConnection((held) => held.connection);
  return connection?.state === 'offLine' ? <span className="okno-amber">Данные на {formatTime(connection.dataAt ?? connection.since)}</span> : null;
}

function Body({ state, lines }: { readonly state: SearchState; readonly lines: readonly FoundLine[] }): ReactNode {
  const { text, answer, centre, recent, problem, chosen } = state;
  const typed = text.trim();
  const waiting = typed === '' ? recent === null : answer === null && problem === null;
  const slow = useSlow(waiting);
  const filling = useConnection((held) => held.connection?.filling === true);
  if (problem !== null) {
    return (
      <EmptyState title="Поиск не ответил" second={16} code={problem} actions={<Button variant="primary" onClick={() => retry(text)}>Повторить</Button>}>
        Введённое и неотправленное сохранено на этом компьютере. Повторите поиск или откройте список из разделов слева.
      </EmptyState>
    );
  }
  if (waiting) return slow ? <LoadingRows /> : null;
  return (
    <>
      {lines.some(({ section }) => section !== 'centre') ? null : <NothingFound typed={typed} filling={filling} />}
      <FoundList id={searchListId} lines={lines} chosen={chosen} onChoose={search.choose} onOpen={openLine} />
      {typed === '' ? null : <CentreNote centre={centre} />}
    </>
  );
}

function retry(text: string): void {
  search.type('');
  search.type(text);
}

function NothingFound({ typed, filling }: { readonly typed: string; readonly filling: boolean }): ReactNode {
  const denied = useNotAllowed('client.create');
  if (typed === '') {
    return (
      <EmptyState title="Начните вводить" second={16}>
        Телефон в любом написании, фамилия или её часть, адрес, e-mail, ИНН, номер письма, заявки или обращения, штрихкод. Здесь же будут клиенты, которых вы открывали и закрепили.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="На этом рабочем месте ничего не найдено"
      second={16}
      actions={
        <Button letter="С" reason={denied} onClick={() => createClientCard(typed)}>
          Создать клиента
        </Button>
      }
    >
      {filling ? 'Данные ещё загружаются из центра: строки появятся, когда дойдёт их черёд. ' : ''}
      Поиск понимает ё и е, другую раскладку, часть слова и телефон в любом написании. Проверьте написание или введите меньше слов.
    </EmptyState>
  );
}

/** One line in a place of its own below: what the centre says moves nothing above it. */
function CentreNote({ centre: { state, groups } }: { readonly centre: SearchState['centre'] }): ReactNode {
  const said = {
    none: '',
    asking: 'Спрашиваем центр о том, чего нет на этом рабочем месте…',
    answered: groups.length === 0 ? 'В центре больше ничего не найдено.' : '',
    offline: 'Нет связи с центром: показано то, что есть на этом рабочем месте.',
    failed: 'Центр не ответил на поиск: показано то, что есть на этом рабочем месте.',
  }[state];
  return (
    <div className={`found-note ${state === 'offline' || state === 'failed' ? 'okno-amber' : 'okno-text2'}`} role="status">
      {said}
    </div>
  );
}
