import type { ReactNode } from 'react';
import { clientNames } from '../../../shared/domain/client/rules.ts';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { SegmentedField, type Choice } from '../../ui/choice-field.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { FormBody, ReadonlyField } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { ClientKind } from '../../../shared/domain/client/model.ts';
import { valueColumn, withContact, type ContactTable } from './contact-rows.ts';

const kinds: readonly Choice<ClientKind>[] = [
  { value: 'person', label: 'Физическое лицо' },
  { value: 'soleTrader', label: 'ИП' },
  { value: 'organization', label: 'Юридическое лицо' },
];

interface MainTabProps {
  readonly form: DocumentForm<'client'>;
  readonly reason: string | undefined;
}

/** «Основное»: who the client is, how he is reached first, and his numbers. Names of a person follow the ФИО (2.6.6.4). */
export function MainTab({ form, reason }: MainTabProps): ReactNode {
  const isOrganization = form.values.kind === 'organization';
  return (
    <FormBody columns={2} label={160}>
      <div className="okno-section-block">
        <SegmentedField label="Вид клиента" choices={kinds} {...form.field('kind')} reason={reason} />
        {isOrganization ? <OrganizationNames form={form} reason={reason} /> : <PersonNames form={form} reason={reason} />}
      </div>
      <div className="okno-section-block">
        <MainContact form={form} reason={reason} table="phones" label="Телефон" type="tel" />
        <MainContact form={form} reason={reason} table="emails" label="E-mail" type="text" />
        <MainContact form={form} reason={reason} table="addresses" label="Адрес" type="text" />
        <Numbers form={form} reason={reason} />
      </div>
    </FormBody>
  );
}

/** The main row of a table of contacts; typing into an empty one makes the first row. The others are on «Контакты». */
function MainContact({ form, reason, table, label, type }: MainTabProps & { readonly table: ContactTable; readonly label: string; readonly type: 'tel' | 'text' }): ReactNode {
  const rows = form.values[table];
  const main = rows.find((row) => row.main) ?? rows[0];
  const field =
    main === undefined
      ? { name: table, value: '', required: false, error: undefined, onChange: (text: string) => form.set(withContact(form.values, table, crypto.randomUUID(), text)) }
      : form.cell(`${table}.${main.id}.${valueColumn[table]}`);
  return <TextField label={label} {...field} type={type} reason={reason} maxLength={500} {...(rows.length > 1 ? { note: `ещё ${rows.length - 1}`, noteQuiet: true } : {})} />;
}

function Numbers({ form, reason }: MainTabProps): ReactNode {
  const isOrganization = form.values.kind === 'organization';
  return (
    <>
      <TextField label="ИНН" {...form.field('inn')} reason={reason} maxLength={20} />
      {isOrganization ? <TextField label="КПП" {...form.field('kpp')} reason={reason} maxLength={20} /> : null}
      <TextField label="ОГРН" {...form.field('ogrn')} reason={reason} maxLength={20} />
      {isOrganization ? null : <DateField label="Дата рождения" {...form.field('birthDate')} reason={reason} />}
    </>
  );
}

function PersonNames({ form, reason }: MainTabProps): ReactNode {
  const { name, fullName } = clientNames(form.values);
  return (
    <>
      <TextField label="Фамилия" {...form.field('lastName')} reason={reason} maxLength={200} />
      <TextField label="Имя" {...form.field('firstName')} reason={reason} maxLength={200} />
      <TextField label="Отчество" {...form.field('middleName')} reason={reason} maxLength={200} />
      <ReadonlyField label="Наименование">{name || <span className="okno-text2">заполнится по ФИО</span>}</ReadonlyField>
      <ReadonlyField label="Полное наименование">{fullName || <span className="okno-text2">заполнится по ФИО</span>}</ReadonlyField>
    </>
  );
}

/** The full name follows the short one until it is typed (2.6.6.5). */
function OrganizationNames({ form, reason }: MainTabProps): ReactNode {
  const { fullName } = clientNames(form.values, form.base);
  const own = form.field('fullName');
  const isTyped = own.value !== form.base.fullName || form.base.fullName !== form.base.name;
  return (
    <>
      <TextField label="Наименование" {...form.field('name')} reason={reason} maxLength={500} />
      <TextField label="Полное наименование" {...own} value={isTyped ? own.value : fullName} placeholder={fullName} reason={reason} maxLength={1000} />
    </>
  );
}
