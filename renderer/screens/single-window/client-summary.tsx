import { Menu } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { clientKindTitles, type Client } from '../../../shared/domain/client/model.ts';
import type { DocumentRow } from '../../document/rows.ts';
import { copyText } from '../../store/copy-text.ts';
import { useNotAllowed } from '../../store/commands.ts';
import { openClientCard } from '../../store/open-client.ts';
import { openDocument } from '../../store/places.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { MenuItems, type MenuCommand } from '../../ui/menu-items.tsx';
import { addressesOf, emailsOf, phonesOf } from '../incoming-email/client-card.ts';
import { branchNames } from './client-preview.tsx';

const noPhone = 'Набрать нельзя: это рабочее место не подключено к телефонной станции';

/** Writes a new letter to the address. */
function writeTo(address: string): void {
  openDocument('outgoingEmail', crypto.randomUUID(), { kind: 'new', to: address });
}

interface Contact {
  readonly key: string;
  readonly text: string;
  readonly note: string;
  readonly commands: readonly MenuCommand[];
}

const copy = (text: string): MenuCommand => ({ label: 'Скопировать', onClick: () => copyText(text) });

function contactsOf(client: Client, cannotWrite: string | undefined): readonly Contact[] {
  const comments = new Map(client.phones.map(({ typed, e164, kind, comment }) => [typed || (e164 ?? ''), [kind.toLowerCase(), comment].filter((part) => part !== '').join(', ')]));
  return [
    ...phonesOf(client).map((text) => ({ key: `phone ${text}`, text, note: comments.get(text) ?? '', commands: [{ label: 'Набрать', onClick: () => undefined, reason: noPhone }, copy(text)] })),
    ...emailsOf(client).map((text) => ({ key: `email ${text}`, text, note: '', commands: [{ label: 'Написать письмо', onClick: () => writeTo(text), reason: cannotWrite }, copy(text)] })),
    ...addressesOf(client).map((text) => ({ key: `address ${text}`, text, note: '', commands: [copy(text)] })),
  ];
}

/** The first of each kind stand in the head; the rest under «Ещё N». */
function firstOfEach(contacts: readonly Contact[]): { readonly shown: readonly Contact[]; readonly rest: readonly Contact[] } {
  const kinds = new Set<string>();
  const shown = contacts.filter(({ key }) => {
    const [kind = ''] = key.split(' ');
    return !kinds.has(kind) && kinds.add(kind).size > 0;
  });
  return { shown, rest: contacts.filter((contact) => !shown.includes(contact)) };
}

/** A contact that acts: what can be done with it opens by click, Enter or Alt+↓. */
function ContactButton({ contact: { text, note, commands } }: { readonly contact: Contact }): ReactNode {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="summary-contact" title={[text, note].filter((part) => part !== '').join(', ')}>
          <span className="okno-cut">{text}</span>
          {note === '' ? null : <span className="okno-text2 okno-cut">{note}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems commands={commands} />
      </Menu.Dropdown>
    </Menu>
  );
}

function MoreContacts({ contacts }: { readonly contacts: readonly Contact[] }): ReactNode {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="summary-contact okno-text2">
          Ещё {contacts.length}
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={400} className="summary-more">
        {contacts.map(({ key, text, note, commands }) => (
          <div key={key}>
            <Menu.Label>{[text, note].filter((part) => part !== '').join(', ')}</Menu.Label>
            <MenuItems commands={commands} />
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ClientSummaryProps {
  readonly row: DocumentRow<'client'>;
  readonly pinned?: boolean;
  /** Absent: this desk does not hold the card, it is shown as the centre has it. */
  readonly onPin?: () => void;
  readonly onClose: () => void;
}

/** Who the client is: name, kind, branch, contacts that act, marks, what can be done. */
export function ClientSummary({ row, pinned = false, onPin, onClose }: ClientSummaryProps): ReactNode {
  const { document: client, pending } = row;
  const cannotWrite = useNotAllowed('outgoingEmail.save');
  const card = useRef<HTMLButtonElement>(null);
  const id = client.id;
  useEffect(() => card.current?.focus({ preventScroll: true }), [id]);
  const [mail] = emailsOf(client);
  const { shown, rest } = firstOfEach(contactsOf(client, cannotWrite));
  const born = client.birthDate === '' ? '' : client.birthDate.split('-').toReversed().join('.');
  const plain = [client.kind === 'organization' ? '' : born, client.inn === '' ? '' : `ИНН ${client.inn}`, branchNames(row)].filter((part) => part !== '');
  return (
    <header className="summary" data-pane>
      <div className="summary-name">
        <h1 className="okno-name" title={client.name}>{client.name || client.fullName || 'без наименования'}</h1>
        <Badge>{clientKindTitles[client.kind]}</Badge>
        {pending ? <span className="okno-amber">К отправке</span> : null}
        <div className="summary-end">
          <IconButton icon="close" label="Закрыть клиента, Esc" onClick={onClose} />
        </div>
      </div>
      <div className="summary-contacts">
        {plain.map((text) => (
          <span key={text} className="okno-text2 okno-selectable">
            {text}
          </span>
        ))}
        {shown.map((contact) => (
          <ContactButton key={contact.key} contact={contact} />
        ))}
        {rest.length === 0 ? null : <MoreContacts contacts={rest} />}
        {contactsOf(client, cannotWrite).length === 0 ? <span className="okno-text2">контактов нет</span> : null}
      </div>
      <div className="summary-commands" role="toolbar" aria-label="Команды">
        {onPin === undefined ? null : (
          <Button ref={card} hint="F2" onClick={() => openClientCard(id)}>
            Карточка
          </Button>
        )}
        <Button letter="Н" reason={cannotWrite ?? (mail === undefined ? 'В карточке нет e-mail' : undefined)} onClick={() => mail !== undefined && writeTo(mail)}>
          Написать письмо
        </Button>
        {onPin === undefined ? null : (
          <Button variant="subtle" letter="З" pressed={pinned} onClick={onPin}>
            {pinned ? 'Открепить' : 'Закрепить'}
          </Button>
        )}
      </div>
    </header>
  );
}
