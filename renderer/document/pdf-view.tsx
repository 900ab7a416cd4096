import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { Button } from '../ui/button.tsx';
import { useHotkeys, type Hotkey } from '../ui/hotkeys.ts';
import { EmptyState } from '../ui/state-message.tsx';
import { usePdfFrame, type PdfState } from './use-pdf-frame.ts';
import type { ToPdf } from '../../shared/protocol/pdf-messages.ts';
import './pdf-view.css';

const elsewhere = 'Его можно сохранить или открыть в другой программе: кнопки внизу.';

const problems: Readonly<Record<NonNullable<PdfState['problem']>, { readonly title: string; readonly text: string }>> = {
  password: { title: 'Файл закрыт паролем', text: `Здесь такой файл не показывается. ${elsewhere} Она спросит пароль.` },
  notPdf: { title: 'Это не PDF', text: 'Файл назван PDF, но внутри другое. Его можно сохранить; прежде чем открывать, спросите отправителя, что он прислал.' },
  damaged: { title: 'Файл PDF повреждён', text: `Прочитать его не удалось. ${elsewhere} Не откроется и там — попросите отправителя прислать файл ещё раз.` },
  gone: { title: 'Файл уже был показан', text: 'Закройте просмотр и откройте файл ещё раз.' },
  failed: { title: 'Файл не показывается здесь', text: elsewhere },
  slow: { title: 'Файл читается слишком долго', text: elsewhere },
};

/** True while a key is typed into a field: there Home and PgDn move the caret. */
function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLInputElement;
}

function viewKeys(ask: (wish: ToPdf) => void, toSearch: () => void): readonly Hotkey[] {
  const move = (by: 'up' | 'down' | 'first' | 'last') => (event: KeyboardEvent): boolean => {
    if (isTyping(event)) return false;
    ask({ kind: 'move', by });
    return true;
  };
  const zoom = (to: 'in' | 'out' | 'width' | 'actual') => (): void => ask({ kind: 'zoom', to });
  return [
    { keys: 'PgDn', title: 'Ниже', run: move('down') },
    { keys: 'PgUp', title: 'Выше', run: move('up') },
    { keys: 'Home', title: 'В начало', run: move('first') },
    { keys: 'End', title: 'В конец', run: move('last') },
    { keys: 'Ctrl++', title: 'Крупнее', run: zoom('in') },
    { keys: 'Ctrl+Shift++', run: zoom('in') },
    { keys: 'Ctrl+-', title: 'Мельче', run: zoom('out') },
    { keys: 'Ctrl+0', title: 'Размер 100 %', run: zoom('actual') },
    { keys: 'Ctrl+F', title: 'Найти в файле', run: toSearch },
  ];
}

/**
 * A PDF inside the window: all pages as one scroll, size, page, search. The viewer runs in a frame of its own origin without a way to the bridge, the
 * network or the disk; links and scripts of the file lead nowhere. Stands in a dialog: its keys work there. `url` is that of `pdf.frame` and shows once.
 */
export function PdfView({ url, name }: { readonly url: string; readonly name: string }): ReactNode {
  const dark = useComputedColorScheme() === 'dark';
  const [darkAtFirst] = useState(dark);
  const { frame, state, ask } = usePdfFrame(url);
  const search = useRef<HTMLInputElement>(null);
  useHotkeys(viewKeys(ask, () => search.current?.focus()));
  const { problem, pages } = state;
  useEffect(() => {
    if (pages > 0) ask({ kind: 'theme', dark });
    // eslint-disable-next-line react/exhaustive-deps -- `ask` only speaks to the frame
  }, [dark, pages]);
  if (problem !== null) return <EmptyState title={problems[problem].title}>{problems[problem].text}</EmptyState>;
  return (
    <div className="okno-pdf">
      <div className="okno-pdf-bar" role="toolbar" aria-label="Просмотр PDF">
        <PageField page={state.page} pages={pages} onGo={(page) => ask({ kind: 'page', page })} />
        <span className="okno-pdf-gap" />
        <Button small level="dialog" hint="Ctrl+-" onClick={() => ask({ kind: 'zoom', to: 'out' })}>
          Мельче
        </Button>
        <span className="okno-pdf-percent" role="status" aria-label="Размер">{`${state.percent} %`}</span>
        <Button small level="dialog" hint="Ctrl++" onClick={() => ask({ kind: 'zoom', to: 'in' })}>
          Крупнее
        </Button>
        <Button small level="dialog" letter="Ш" pressed={state.fitsWidth} onClick={() => ask({ kind: 'zoom', to: 'width' })}>
          По ширине
        </Button>
        <span className="okno-pdf-gap" />
        <FindField field={search} ready={pages > 0} found={state.found} onFind={(text, again, back) => ask({ kind: 'find', text, again, back })} />
      </div>
      <div className="okno-pdf-body">
        {pages === 0 ? <p className="okno-pdf-reading okno-text2">Читаю файл…</p> : null}
        <iframe ref={frame} title={`PDF: ${name}`} data-shown={pages > 0} sandbox="allow-scripts allow-same-origin" referrerPolicy="no-referrer" src={`${url}${darkAtFirst ? '?dark' : ''}`} />
      </div>
    </div>
  );
}

/** «Стр. 3 из 12»: a number typed and Enter goes there. */
function PageField({ page, pages, onGo }: { readonly page: number; readonly pages: number; readonly onGo: (page: number) => void }): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const go = (): void => {
    const wanted = Number(typed);
    if (typed !== null && Number.isInteger(wanted) && wanted > 0) onGo(wanted);
    setTyped(null);
  };
  return (
    <label className="okno-pdf-page">
      Стр.
      <span className="okno-input okno-pdf-number">
        <input
          aria-label="Страница"
          inputMode="numeric"
          value={typed ?? String(page)}
          disabled={pages === 0}
          onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, '').slice(0, 5))}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={go}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            go();
          }}
        />
      </span>
      {pages === 0 ? null : <span className="okno-text2">из {pages}</span>}
    </label>
  );
}

interface FindFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly ready: boolean;
  readonly found: PdfState['found'];
  readonly onFind: (text: string, again: boolean, back: boolean) => void;
}

/** Search inside the file: as it is typed; Enter the next place, Shift+Enter the one before. */
function FindField({ field, ready, found, onFind }: FindFieldProps): ReactNode {
  const [text, setText] = useState('');
  return (
    <div className="okno-pdf-find">
      <span className="okno-pdf-found okno-text2" role="status" aria-label="Найдено в файле">
        {text === '' ? '' : found.total === 0 ? (found.searching ? 'ищу…' : 'не найдено') : `${found.current} из ${found.total}`}
      </span>
      <span className="okno-input">
        <input
          ref={field}
          aria-label="Найти в файле"
          placeholder="Найти в файле (Ctrl+F)"
          value={text}
          disabled={!ready}
          spellCheck={false}
          maxLength={200}
          onChange={(event) => {
            setText(event.currentTarget.value);
            onFind(event.currentTarget.value, false, false);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            onFind(text, true, event.shiftKey);
          }}
        />
      </span>
    </div>
  );
}
