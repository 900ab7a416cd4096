import { useState, type ReactNode } from 'react';
import { momentCell } from '../../../shared/base/cell-value.ts';
import type { ClientFileRow } from '../../../shared/protocol/ipc.ts';
import { RowsList } from '../../document/rows-list.tsx';
import { openDocument } from '../../store/places.ts';
import { formatSize } from '../../ui/format.ts';
import { fileIcon, Icon } from '../../ui/icons.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { EmptyState } from '../../ui/state-message.tsx';
import { tell } from '../../ui/status-message.ts';
import { AttachmentPreview } from '../incoming-email/attachment-preview.tsx';
import { isProgram, previewKind } from '../incoming-email/attachment-policy.ts';
import { openFile, saveFiles } from '../incoming-email/file-actions.ts';

const columns: readonly ListColumn<ClientFileRow>[] = [
  {
    key: 'name', title: 'Имя файла', width: 320, min: 176, priority: 1, grow: true, sort: 'name', cell: ({ name }) => name || 'без имени',
    render: ({ name, mediaType }) => (
      <span className="client-file">
        <Icon name={fileIcon(mediaType)} size={14} />
        <span className="okno-cut">{name || 'без имени'}</span>
      </span>
    ),
  },
  { key: 'at', title: 'Когда', width: 136, min: 128, priority: 1, sort: 'at', cell: ({ at }) => momentCell(at) },
  { key: 'from', title: 'Откуда', width: 400, min: 192, priority: 2, sort: 'from', cell: ({ from }) => from },
  { key: 'size', title: 'Размер', width: 88, min: 80, priority: 3, sort: 'size', align: 'right', fileTitle: 'Размер, байт', cell: ({ size }) => size, render: ({ size }) => <span className="okno-tabular">{formatSize(size)}</span> },
];

const rowId = ({ documentId, id }: ClientFileRow): string => `${documentId} ${id}`;

/** «Файлы» of the client: what came and left with his letters and appeals. Enter looks at the file, F2 opens the document that it came with. */
export function ClientFiles({ clientId, owner, rows }: { readonly clientId: string; readonly owner: string; readonly rows: readonly ClientFileRow[] | null }): ReactNode {
  const [shown, setShown] = useState<ClientFileRow | null>(null);
  const look = (file: ClientFileRow): void => {
    if (previewKind(file) !== 'none') setShown(file);
    else if (isProgram(file)) tell('Этот файл может быть программой: отсюда он не открывается. Его можно сохранить.', { tone: 'amber' });
    else void openFile(file);
  };
  return (
    <>
      <RowsList
        id="client.files"
        title="Файлы"
        owner={owner}
        columns={columns}
        rows={rows}
        rowId={rowId}
        sort={{ column: 'at', descending: true }}
        primaryLabel="Просмотреть"
        onPrimary={look}
        onOpen={({ documentType, documentId }) => openDocument(documentType, documentId)}
        rowCommands={(file) => [{ label: 'Сохранить', onRun: () => void saveFiles([file]) }]}
        empty={<EmptyState title="Файлов нет">Здесь появятся вложения писем и обращений этого клиента.</EmptyState>}
        resetKey={clientId}
      />
      {shown === null ? null : <AttachmentPreview attachment={shown} onClose={() => setShown(null)} />}
    </>
  );
}
