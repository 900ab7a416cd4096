import type { ReactNode } from 'react';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Check } from '../../ui/choice-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { addressKinds, emailKinds, phoneKinds } from './client-values.ts';
import { changedContact, valueColumn, withContact, type ContactTable } from './contact-rows.ts';

interface ContactsProps {
  readonly form: DocumentForm<'client'>;
  readonly reason: string | undefined;
}

const shortTitle = { phones: 'Телефон', emails: 'E-mail', addresses: 'Адрес' } as const;
const valueTitle = { phones: 'Номер телефона', emails: 'Адрес электронной почты', addresses: 'Адрес' } as const;

/** Puts the focus into a row that was just added. */
function focusSoon(name: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)?.focus());
}

function addRow(form: DocumentForm<'client'>, table: ContactTable | 'contactPersons'): void {
  const id = crypto.randomUUID();
  form.set(table === 'contactPersons' ? { contactPersons: [...form.values.contactPersons, { id, name: '', position: '', phone: '', email: '', authority: '' }] } : withContact(form.values, table, id, ''));
  focusSoon(`${table}.${id}.${table === 'contactPersons' ? 'name' : valueColumn[table]}`);
}

/** «Контакты»: several values of each kind (2.6.6.6), one of each is the main one. */
export function ContactsTab({ form, reason }: ContactsProps): ReactNode {
  const { phones, emails, addresses, contactPersons } = form.values;
  const tables: readonly (readonly [ContactTable, readonly { readonly id: string; readonly main: boolean }[]])[] = [['phones', phones], ['emails', emails], ['addresses', addresses]];
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
      <table className="email-table client-contacts" aria-label="Контакты">
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
  readonly table: ContactTable;
  readonly id: string;
  readonly main: boolean;
}

function ContactRow({ form, reason, table, id, main }: ContactRowProps): ReactNode {
  const title = valueTitle[table];
  const value = form.cell(`${table}.${id}.${valueColumn[table]}`);
  return (
    <tr>
      <td>
        <KindCell form={form} reason={reason} table={table} id={id} />
      </td>
      <td>
        <TextField label={title} labelHidden {...value} reason={reason} type={table === 'phones' ? 'tel' : 'text'} maxLength={500} />
      </td>
      <td>
        <TextField label={`Комментарий: ${value.value}`} labelHidden {...form.cell(`${table}.${id}.comment`)} reason={reason} maxLength={500} />
      </td>
      <td>
        <Check label={`Основной: ${value.value}`} labelHidden checked={main} reason={reason} onChange={(checked) => (checked ? form.set(changedContact(form.values, table, id, 'main')) : undefined)} />
      </td>
      <td>{reason === undefined ? <IconButton icon="close" label={`Убрать: ${title} ${value.value}`} onClick={() => form.set(changedContact(form.values, table, id, 'remove'))} /> : null}</td>
    </tr>
  );
}

const kindsOf = { phones: phoneKinds, emails: emailKinds, addresses: addressKinds } as const;

function KindCell({ form, reason, table, id }: ContactsProps & { readonly table: ContactTable; readonly id: string }): ReactNode {
  const kind = form.cell(`${table}.${id}.kind`);
  const known: readonly string[] = kindsOf[table];
  const choices = [...new Set([...known, kind.value])].filter((label) => label !== '').map((label) => ({ value: label, label }));
  return <SelectField label={`Вид: ${valueTitle[table]}`} labelHidden choices={choices} {...kind} placeholder={shortTitle[table]} reason={reason} onChange={(value) => kind.onChange(value ?? '')} />;
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
