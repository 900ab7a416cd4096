import type { ReactNode } from 'react';
import { clientKindTitles, type Client } from '../../../shared/domain/client/model.ts';
import { refText, type DocumentRow } from '../../document/rows.ts';
import { useDocument } from '../../document/use-document.ts';
import { useNow } from '../../shell/clock.ts';
import { Facts } from '../../ui/document-frame.tsx';
import { formatDate } from '../../ui/format.ts';
import { LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { useClientHistory } from '../client/client-related.ts';
import { addressesOf, emailsOf, phonesOf } from '../incoming-email/client-card.ts';
import { keptTogether } from './address-in-table.ts';
import { HistoryIcon } from './history-marks.tsx';
import { openMatters, OpenMatterLine } from './open-matters.tsx';

/** «Физическое лицо, 14.03.1974»; «Юридическое лицо, ИНН 5029048170». */
export function clientKind({ kind, birthDate, inn }: Client): string {
  const born = birthDate === '' ? '' : birthDate.split('-').toReversed().join('.');
  return [clientKindTitles[kind], kind === 'organization' ? (inn === '' ? '' : `ИНН ${inn}`) : born].filter((part) => part !== '').join(', ');
}

/** Names of the branches that a client belongs to; empty text where he is everybody's. */
export function branchNames(row: DocumentRow<'client'>): string {
  return row.document.branchIds.map((id) => refText(row, id)).filter((name) => name !== '').join(', ');
}

const LAST_EVENTS = 4;
const MINUTE = 60_000;

/** Enough to know that it is he: who, contacts, what is open now, the last events. */
export function ClientPreview({ id }: { readonly id: string }): ReactNode {
  const row = useDocument('client', id);
  const history = useClientHistory(id);
  const slow = useSlow(row === undefined);
  const now = useNow(MINUTE);
  if (row === undefined) return slow ? <LoadingRows /> : null;
  if (row === null) return <div className="okno-preview-body okno-text2">Карточки нет на этом рабочем месте. Откройте клиента: программа спросит центр.</div>;
  const client = row.document;
  const several = (values: readonly string[]): ReactNode => values.slice(0, 3).map((value) => <div key={value}>{value}</div>);
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Телефон', several(phonesOf(client))],
    ['E-mail', several(emailsOf(client))],
    ['Адрес', several(addressesOf(client).slice(0, 2).map(keptTogether))],
    ['Филиал', branchNames(row)],
  ];
  const matters = openMatters(history ?? [], now);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="okno-preview-body" tabIndex={0} role="region" aria-label="Клиент">
      <h2 className="okno-title">{client.name || client.fullName || 'без наименования'}</h2>
      <p className="okno-text2">{clientKind(client)}</p>
      <hr className="okno-rule" />
      <Facts rows={facts.filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0))} />
      {matters.length === 0 ? null : (
        <>
          <hr className="okno-rule" />
          <h3 className="okno-section preview-title">Сейчас</h3>
          <div className="matters-short">
            {matters.slice(0, 4).map((matter) => (
              <OpenMatterLine key={`${matter.type} ${matter.id}`} matter={matter} />
            ))}
          </div>
        </>
      )}
      {history === null || history.length === 0 ? null : (
        <>
          <hr className="okno-rule" />
          <h3 className="okno-section preview-title">Последние события</h3>
          <ul className="preview-events">
            {history.slice(0, LAST_EVENTS).map(({ type, id: documentId, at, title, subject }) => (
              <li key={`${type} ${documentId}`}>
                <HistoryIcon type={type} />
                <span className="okno-text2 okno-tabular">{formatDate(at).slice(0, 5)}</span>
                <span className="okno-cut" title={`${title}: ${subject}`}>
                  <Unbroken text={subject === '' ? title : `${title}: ${subject}`} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
