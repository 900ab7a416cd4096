import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { WithPreview } from '../../document/with-preview.tsx';
import { useNotAllowed } from '../../store/commands.ts';
import { createClientCard } from '../../store/open-client.ts';
import { foundLines, search } from '../../store/search.ts';
import { Button } from '../../ui/button.tsx';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { EmptyState } from '../../ui/state-message.tsx';
import { tell } from '../../ui/status-message.ts';
import { FoundList, lineId } from './found-list.tsx';
import { FoundPreview } from './found-preview.tsx';
import { openLine, openLineCard } from './open-found.ts';

const listId = 'recent-clients';

/** Nobody is chosen: how to find, and whom one worked with last. */
export function NoClient(): ReactNode {
  const recent = search.use((held) => held.recent);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    search.readRecent();
    list.current?.focus({ preventScroll: true });
  }, []);
  const denied = useNotAllowed('client.create');
  const create = (): void => createClientCard();
  useHotkeys([{ keys: 'Ins', title: 'Создать клиента', run: () => (denied === undefined ? create() : tell(denied, { tone: 'amber' })) }]);
  const lines = foundLines({ text: '', answer: null, centre: { state: 'none', groups: [] }, recent, only: null });
  const line = lines.find(({ key }) => key === chosen) ?? lines[0] ?? null;
  const keyDown = (event: KeyboardEvent): void => {
    const at = line === null ? -1 : lines.indexOf(line);
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -lines.length, End: lines.length }[event.key] ?? 0;
    if (by !== 0) setChosen(lines[Math.min(Math.max(at + by, 0), lines.length - 1)]?.key ?? null);
    else if (event.key === 'Enter' && line !== null) openLine(line);
    else if (event.key === 'F2' && line !== null) openLineCard(line);
    else return;
    event.preventDefault();
  };
  return (
    <WithPreview
      setting="pane.search"
      width={312}
      list={
        <section className="search-results" aria-label="Единое окно">
          <div className="okno-list-head">
            <h1 className="okno-title">Единое окно</h1>
            <div className="okno-list-head-end">
              <Button letter="С" hint="Ins" reason={denied} onClick={create}>
                Создать клиента
              </Button>
            </div>
          </div>
          {lines.length === 0 ? (
            <EmptyState title="Клиент не выбран" second={16}>
              Нажмите F3 и начните вводить телефон, фамилию, адрес, ИНН или номер письма, заявки, обращения. Клиенты, которых вы открывали, появятся здесь.
            </EmptyState>
          ) : (
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- it takes the keys for the list inside
            <div ref={list} className="search-results-body" role="group" aria-label="Клиенты, с которыми вы работали" tabIndex={0} data-pane-focus aria-activedescendant={line === null ? undefined : lineId(listId, line.key)} onKeyDown={keyDown}>
              <p className="no-client-hint okno-text2">
                Клиент не выбран. <b className="okno-neutral">F3</b> — найти по телефону, фамилии, адресу, ИНН или номеру; или откройте того, с кем уже работали.
              </p>
              <FoundList id={listId} lines={lines} chosen={line?.key ?? null} onChoose={setChosen} onOpen={openLine} />
            </div>
          )}
        </section>
      }
      preview={<FoundPreview line={line?.kind === 'row' ? line : null} onOpen={openLine} />}
    />
  );
}
