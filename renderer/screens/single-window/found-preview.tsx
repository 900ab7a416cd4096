import { useEffect, useState, type ReactNode } from 'react';
import { isDocumentName, type DocumentName } from '../../../shared/domain/documents.ts';
import type { FoundLine } from '../../store/search.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/document-frame.tsx';
import { formatMoment } from '../../ui/format.ts';
import { ClientPreview } from './client-preview.tsx';
import { DocumentPreview } from './document-preview.tsx';
import { searchTypeTitles } from './search-titles.ts';

type FoundRow = Extract<FoundLine, { kind: 'row' }>;

/** The arrow passes by: what it rests on is read. */
const REST_MS = 80;

/** What the chosen line is; matters that are open now stand before the history. */
export function FoundPreview({ line, onOpen }: { readonly line: FoundRow | null; readonly onOpen: (line: FoundLine) => void }): ReactNode {
  const [settled, setSettled] = useState<FoundRow | null>(null);
  const key = line?.key ?? null;
  useEffect(() => {
    const timer = setTimeout(() => setSettled(line), REST_MS);
    return () => clearTimeout(timer);
  }, [key]); // eslint-disable-line react-hooks/exhaustive-deps -- a line with the same key is the same document
  return (
    <div className="okno-preview" role="region" aria-label="Просмотр">
      <div className="okno-preview-commands">
        <Button variant={line === null ? 'default' : 'primary'} hint="Enter" reason={line === null ? 'Выберите строку' : undefined} onClick={() => line !== null && onOpen(line)}>
          {line === null || line.type === 'client' ? 'Открыть клиента' : 'Открыть'}
        </Button>
      </div>
      {settled === null || line === null ? null : settled.section === 'centre' ? <CentrePreview line={settled} /> : <OwnPreview key={settled.key} line={settled} />}
    </div>
  );
}

function OwnPreview({ line: { type, row } }: { readonly line: FoundRow }): ReactNode {
  if (type === 'client') return <ClientPreview id={row.id} />;
  const name: DocumentName | null = isDocumentName(type) ? type : null;
  return name === null ? null : <DocumentPreview type={name} id={row.id} />;
}

/** The document itself is not here: what the centre said of it. */
function CentrePreview({ line: { type, row } }: { readonly line: FoundRow }): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="okno-preview-body" tabIndex={0} role="region" aria-label="Найдено в центре">
      <h2 className="okno-title">{row.title}</h2>
      <Facts
        rows={[
          ['Где', `${searchTypeTitles[type]} в центре`],
          ...(row.detail === '' ? [] : [['Сведения', row.detail] as const]),
          ...(row.at === null ? [] : [['Дата', formatMoment(row.at)] as const]),
          ...(row.state === '' ? [] : [['Состояние', row.state] as const]),
          ...(row.matched.text === '' || row.matched.text === row.title ? [] : [[row.matched.place, row.matched.text] as const]),
        ]}
      />
      <p className="okno-text2 found-outside">На этом рабочем месте документа нет: он ещё не дошёл. Enter покажет его из центра.</p>
    </div>
  );
}
