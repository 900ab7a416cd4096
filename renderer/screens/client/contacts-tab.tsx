import type { ReactNode } from 'react';
import type { Client } from '../../../shared/domain/client/model.ts';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Check } from '../../ui/choice-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { addressKinds, phoneKinds } from './client-values.ts';

interface ContactsProps {
  readonly form: DocumentForm<'client'>;
  readonly reason: string | undefined;
}

type Table = 'phones' | 'emails' | 'addresses';

const valueColumn = { phones: 'typed', emails: 'address', addresses: 'text' } as const;
const valueTitle = { phones: 'Номер телефона', emails: 'Адрес электронной почты', addresses: 'Адрес' } as const;

/** Puts the focus into a row that was just added. */
function focusSoon(name: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus());
}

function addRow(form: DocumentForm<'client'>, table: Table | 'contactPersons'): void {
  const id = crypto.randomUUID();
  const { phones, emails, addresses, contactPersons, kind } = form.values;
  switch (table) {
    case 'phones':
      form.set({ phones: [...phones, { id, kind: phoneKinds[0], typed: '', e164: null, comment: '', main: phones.length === 0 }] });
      break;
    case 'emails':
      form.set({ emails: [...emails, { id, address: '', comment: '', main: emails.length === 0 }] });
      break;
    case 'addresses':
      form.set({ addresses: [...addresses, { id, kind: kind === 'organization' ? addressKinds[0] : addressKinds[3], text: '', comment: '', main: addresses.length === 0 }] });
      break;
    case 'contactPersons':
      form.set({ contactPersons: [...contactPersons, { id, name: '', position: '', phone: '', email: '', authority: '' }] });
  }
  focusSoon(`${table}.${id}.${table === 'contactPersons' ? 'name' : valueColumn[table]}`);
}

const without = <T extends { readonly id: string; readonly main: boolean }>(rows: readonly T[], id: string): T[] => rows.filter((row) => row.id !== id);
const withMain = <T extends { readonly id: string; readonly main: boolean }>(rows: readonly T[], id: string): T[] => rows.map((row) => ({ ...row, main: row.id === id }));

function changed(values: Client, table: Table, id: string, change: 'remove' | 'main'): Partial<Client> {
  const to = change === 'remove' ? without : withMain;
  switch (table) {
    case 'phones':
      return { phones: to(values.phones, id) };
    case 'emails':
      return { emails: to(values.emails, id) };
    case 'addresses':
      return { addresses: to(values.addresses, id) };
  }
}

/** «Контактная информация»: several values of each kind (2.6.6.6), one of each is the main one. */
export function ContactsTab({ form, reason }: ContactsProps): ReactNode {
  const { phones, emails, addresses, contactPersons } = form.values;
  const tables: readonly (readonly [Table, readonly { readonly id: string; readonly main: boolean }[]])[] = [['phones', phones], ['emails', emails], ['addresses', addresses]];
  const isEmpty = phones.length + emails.length + addresses.length === 0;
  return (
    <>
      <div className="client-add">
        <span className="okno-text2">Добавить</span>
        <Button small reason={reason} letter="Т" onClick={() => addRow(form, 'phones')}>Телефон</Button>
        <Button small reason={reason} letter="m" onClick={() => addRow(form, 'emails')}>E-mail</Button>
        <Button small reason={reason} letter="А" onClick={() => addRow(form, 'addresses')}>Адрес</Button>
        <Button small reason={reason} letter="л" onClick={() => addRow(form, 'contactPersons')}>Контактное лицо</Button>
      </div>
      <table className="email-table client-contacts" aria-label="Контактная информация">
        <colgroup>
          <col style={{ width: 184 }} />
          <col />
          <col style={{ width: 280 }} />
          <col style={{ width: 96 }} />
          <col style={{ width: 56 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Вид</th>
            <th scope="col">Значение</th>
            <th scope="col">Комментарий</th>
            <th scope="col" className="client-main">Основной</th>
            <th scope="col"><span className="okno-visually-hidden">Убрать</span></th>
          </tr>
        </thead>
        <tbody>
          {tables.flatMap(([table, rows]) => rows.map(({ id, main }) => <ContactRow key={id} form={form} reason={reason} table={table} id={id} main={main} />))}
          {isEmpty ? (
            <tr>
              <td colSpan={5} className="okno-text2">Контактов нет. Добавьте телефон, e-mail или адрес.</td>
            </tr>
          ) : null}
        </tbody>
      </table>
      {contactPersons.length === 0 ? null : <ContactPersons form={form} reason={reason} />}
    </>
  );
}

interface ContactRowProps extends ContactsProps {
  readonly table: Table;
  readonly id: string;
  readonly main: boolean;
}

function ContactRow({ form, reason, table, id, main }: ContactRowProps): ReactNode {
  const title = valueTitle[table];
  const value = form.cell(`${table}.${id}.${valueColumn[table]}`);
  return (
    <tr>
      <td>{table === 'emails' ? <span className="okno-text2">E-mail</span> : <KindCell form={form} reason={reason} table={table} id={id} />}</td>
      <td>
        <TextField label={title} labelHidden {...value} reason={reason} type={table === 'phones' ? 'tel' : 'text'} maxLength={500} />
      </td>
      <td>
        <TextField label={`Комментарий: ${value.value}`} labelHidden {...form.cell(`${table}.${id}.comment`)} reason={reason} maxLength={500} />
      </td>
      <td>
        <Check label={`Основной: ${value.value}`} labelHidden checked={main} reason={reason} onChange={(checked) => (checked ? form.set(changed(form.values, table, id, 'main')) : undefined)} />
      </td>
      <td>{reason === undefined ? <IconButton icon="close" label={`Убрать: ${title} ${value.value}`} onClick={() => form.set(changed(form.values, table, id, 'remove'))} /> : null}</td>
    </tr>
  );
}

function KindCell({ form, reason, table, id }: ContactsProps & { readonly table: 'phones' | 'addresses'; readonly id: string }): ReactNode {
  const kind = form.cell(`${table}.${id}.kind`);
  const known: readonly string[] = table === 'phones' ? phoneKinds : addressKinds;
  const choices = [...new Set([...known, kind.value])].filter((label) => label !== '').map((label) => ({ value: label, label }));
  return <SelectField label="Вид" labelHidden choices={choices} {...kind} reason={reason} onChange={(value) => kind.onChange(value ?? '')} />;
}

const personColumns = [['name', 'ФИО'], ['position', 'Должность'], ['phone', 'Телефон'], ['email', 'E-mail'], ['authority', 'Доверенность']] as const;

function ContactPersons({ form, reason }: ContactsProps): ReactNode {
  const { contactPersons } = form.values;
  return (
    <>
      <h2 className="email-group-title">
        Контактные лица <span className="okno-text2 okno-regular">{contactPersons.length}</span>
      </h2>
      <table className="email-table client-contacts" aria-label="Контактные лица">
        <colgroup>
          {personColumns.map(([column]) => <col key={column} />)}
          <col style={{ width: 56 }} />
        </colgroup>
        <thead>
          <tr>
            {personColumns.map(([column, title]) => <th key={column} scope="col">{title}</th>)}
            <th scope="col"><span className="okno-visually-hidden">Убрать</span></th>
          </tr>
        </thead>
        <tbody>
          {contactPersons.map(({ id, name }) => (
            <tr key={id}>
              {personColumns.map(([column, title]) => (
                <td key={column}>
                  <TextField label={title} labelHidden {...form.cell(`contactPersons.${id}.${column}`)} reason={reason} maxLength={500} />
                </td>
              ))}
              <td>{reason === undefined ? <IconButton icon="close" label={`Убрать: ${name || 'контактное лицо'}`} onClick={() => form.set({ contactPersons: form.values.contactPersons.filter((row) => row.id !== id) })} /> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
