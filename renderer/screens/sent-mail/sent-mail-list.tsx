import { useState, type ReactNode } from 'react';
import { momentCell } from '../../../shared/base/cell-value.ts';
import { sentMailSchema, type SentMail } from '../../../shared/protocol/http.ts';
import type { ListRow } from '../../../shared/protocol/list.ts';
import { call } from '../../bridge.ts';
import { centreListProblem, readCentreList } from '../../document/centre-list.ts';
import { FetchedList } from '../../document/fetched-list.tsx';
import { WithPreview } from '../../document/with-preview.tsx';
import { useConnection } from '../../store/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/document-frame.tsx';
import { formatSeconds, formatDate, formatSize } from '../../ui/format.ts';
import type { ListColumn } from '../../ui/list/columns.ts';
import { openFile, saveFiles } from '../incoming-email/file-actions.ts';
import { sourceName } from '../incoming-email/attachment-policy.ts';
import '../tasks/tasks.css';

function sentMailOf({ document }: ListRow): SentMail {
  return sentMailSchema.parse(document);
}

const columns: readonly ListColumn<ListRow>[] = [
  { key: 'at', title: 'Отправлено', width: 144, min: 128, priority: 1, sort: 'at', cell: (row) => momentCell(sentMailOf(row).at) },
  { key: 'to', title: 'Кому', width: 192, min: 120, priority: 1, sort: 'to', cell: (row) => sentMailOf(row).to.join(', ') },
  { key: 'subject', title: 'Тема', width: 280, min: 240, priority: 1, grow: true, sort: 'subject', cell: (row) => sentMailOf(row).subject, render: (row) => sentMailOf(row).subject || <span className="okno-text2">без темы</span> },
  { key: 'from', title: 'От', width: 144, min: 96, priority: 3, sort: 'from', cell: (row) => sentMailOf(row).from, render: (row) => <span className="okno-text2">{sentMailOf(row).from}</span> },
  { key: 'size', title: 'Размер', width: 88, min: 72, priority: 2, align: 'right', sort: 'size', fileTitle: 'Размер, байт', cell: (row) => sentMailOf(row).size, render: (row) => <span className="okno-tabular okno-text2">{formatSize(sentMailOf(row).size)}</span> },
];

/** «Исходящая почта»: what really left the house, newest first, from the centre's own store. */
export function SentMailList(): ReactNode {
  const [selected, setSelected] = useState<SentMail | null>(null);
  const state = useConnection(({ connection }) => connection?.state ?? 'connecting');
  return (
    <WithPreview
      setting="pane.sentMail"
      width={388}
      list={
        <FetchedList
          id="sentMail"
          title="Исходящая почта"
          columns={columns}
          sort={{ column: 'at', descending: true }}
          read={readCentreList((query) => call('sentMail.list', query))}
          problem={centreListProblem('Исходящая почта')}
          follows={state}
          note={state === 'offLine' ? 'Нет связи с центром' : null}
          onOpen={(row) => openSource(sentMailOf(row))}
          onSelected={(row) => setSelected(row === null ? null : sentMailOf(row))}
          rowCommands={(row) => [{ label: 'Скачать', onRun: () => void saveFiles([fileOf(sentMailOf(row))]) }]}
          empty={{ title: 'Отправленных писем нет', text: 'Здесь появится каждое письмо, которое ушло из системы: ответы, пересылки и автоответы.' }}
          searched="Поиск идёт по адресам и теме."
        />
      }
      preview={<SentMailPreview mail={selected} />}
    />
  );
}

function fileOf({ rawFileId, subject }: SentMail): { readonly fileId: string; readonly name: string } {
  return { fileId: rawFileId, name: sourceName({ subject }) };
}

function openSource(mail: SentMail): void {
  void openFile(fileOf(mail));
}

/** The headers of the letter as it went. */
function SentMailPreview({ mail }: { readonly mail: SentMail | null }): ReactNode {
  const unchosen = mail === null ? 'Выберите письмо в списке' : undefined;
  return (
    <div className="okno-preview">
      <div className="okno-preview-commands">
        <Button variant={mail === null ? 'default' : 'primary'} hint={mail === null ? undefined : 'Enter'} reason={unchosen} onClick={() => (mail === null ? undefined : openSource(mail))}>
          Открыть исходник (.eml)
        </Button>
        <Button letter="С" reason={unchosen} onClick={() => (mail === null ? undefined : void saveFiles([fileOf(mail)]))}>
          Скачать
        </Button>
      </div>
      {mail === null ? null : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        <div className="okno-preview-body" tabIndex={0} role="region" aria-label="Отправленное письмо">
          <h2 className="okno-title">{mail.subject || 'без темы'}</h2>
          <Facts
            label={96}
            rows={[
              ['От', mail.from === '' ? 'пустой обратный адрес' : mail.from],
              ['Кому', mail.to.join(', ')],
              ['Отправлено', `${formatDate(mail.at)} ${formatSeconds(mail.at)}`],
              ['Размер', formatSize(mail.size)],
            ]}
          />
        </div>
      )}
    </div>
  );
}
