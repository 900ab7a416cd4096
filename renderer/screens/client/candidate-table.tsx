import type { ReactNode } from 'react';
import { client as clientType, type Client } from '../../../shared/domain/client/model.ts';
import { matchedTitles, type Candidate } from '../../../shared/protocol/ipc.ts';
import { addressesOf, emailsOf, phonesOf, tellsApart } from '../incoming-email/client-card.ts';

/** A possible client with what he was found by; nothing for one that was added by hand. */
export interface CandidateClient {
  readonly card: Client;
  readonly matched: Candidate['matched'];
}

interface CandidateTableProps {
  readonly label: string;
  readonly rows: readonly CandidateClient[];
  readonly chosenId: string | null;
  /** The control of the column «Выбор»: one is chosen. */
  readonly choice: (client: { readonly card: Client; readonly name: string; readonly chosen: boolean }) => ReactNode;
}

const widths = [76, undefined, 136, 120, undefined, 112] as const;
const titles = ['Выбор', 'Наименование', 'Телефон', 'E-mail', 'Адрес', 'Строки поиска'] as const;

/** Clients to be compared (2.6.4.3, 2.6.6.9): whom to choose, and by which fields each was found. */
export function CandidateTable({ label, rows, chosenId, choice }: CandidateTableProps): ReactNode {
  return (
    <table className="email-table" aria-label={label}>
      <colgroup>
        {titles.map((title, index) => (
          <col key={title} {...(widths[index] === undefined ? {} : { style: { width: widths[index] } })} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {titles.map((title) => (
            <th key={title} scope="col">{title}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ card, matched }) => (
          <CandidateRow key={card.id} card={card} matched={matched} chosen={card.id === chosenId} choice={choice} />
        ))}
      </tbody>
    </table>
  );
}

function CandidateRow({ card, matched, chosen, choice }: CandidateClient & Pick<CandidateTableProps, 'choice'> & { readonly chosen: boolean }): ReactNode {
  const name = clientType.presentation(card);
  const [phone = '', ...phones] = phonesOf(card);
  const emails = emailsOf(card);
  return (
    <tr data-chosen={chosen}>
      <td>{choice({ card, name, chosen })}</td>
      <td>
        <span className="email-client-name">{name}</span>
        <small>{tellsApart(card)}</small>
      </td>
      <td>
        {phone || <NotGiven />}
        {phones.slice(0, 2).map((more) => (
          <small key={more}>{more}</small>
        ))}
      </td>
      <td>{emails.length === 0 ? <NotGiven /> : emails.slice(0, 2).map((address) => <MailAddress key={address} address={address} />)}</td>
      <td>{addressesOf(card)[0] ?? <NotGiven />}</td>
      <td>
        <span className="email-searched">
          {matched.map((by) => (
            <mark key={by} className="email-mark">
              {matchedTitles[by]}
            </mark>
          ))}
        </span>
      </td>
    </tr>
  );
}

/** Broken after the @ where it does not fit. */
function MailAddress({ address }: { readonly address: string }): ReactNode {
  const [user = '', ...host] = address.split('@');
  return (
    <div>
      {user}@<wbr />
      {host.join('@')}
    </div>
  );
}

function NotGiven(): ReactNode {
  return <span className="okno-text2">не указан</span>;
}
