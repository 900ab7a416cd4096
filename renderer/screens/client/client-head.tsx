import type { ReactNode } from 'react';
import { clientNames } from '../../../shared/domain/client/rules.ts';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { SegmentedField, type Choice } from '../../ui/choice-field.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { FormBody, ReadonlyField } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { ClientKind } from '../../../shared/domain/client/model.ts';

const kinds: readonly Choice<ClientKind>[] = [
  { value: 'person', label: 'Физическое лицо' },
  { value: 'soleTrader', label: 'ИП' },
  { value: 'organization', label: 'Юридическое лицо' },
];

interface ClientHeadProps {
  readonly form: DocumentForm<'client'>;
  readonly reason: string | undefined;
}

/** Who the client is: kind, names, numbers (`numbers` is off while the tab below shows them). Names of a person follow the ФИО (2.6.6.4). */
export function ClientHead({ form, reason, numbers }: ClientHeadProps & { readonly numbers: boolean }): ReactNode {
  const isOrganization = form.values.kind === 'organization';
  return (
    <FormBody columns={2} label={160}>
      <div className="okno-section-block">
        <SegmentedField label="Вид клиента" choices={kinds} {...form.field('kind')} reason={reason} />
        {isOrganization ? <OrganizationNames form={form} reason={reason} /> : <PersonNames form={form} reason={reason} />}
      </div>
      {numbers ? <Numbers form={form} reason={reason} /> : null}
    </FormBody>
  );
}

function Numbers({ form, reason }: ClientHeadProps): ReactNode {
  const isOrganization = form.values.kind === 'organization';
  return (
    <div className="okno-section-block">
      <TextField label="ИНН" {...form.field('inn')} reason={reason} maxLength={20} />
      {isOrganization ? <TextField label="КПП" {...form.field('kpp')} reason={reason} maxLength={20} /> : null}
      <TextField label="ОГРН" {...form.field('ogrn')} reason={reason} maxLength={20} />
      {isOrganization ? null : <DateField label="Дата рождения" {...form.field('birthDate')} reason={reason} />}
    </div>
  );
}

function PersonNames({ form, reason }: ClientHeadProps): ReactNode {
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
function OrganizationNames({ form, reason }: ClientHeadProps): ReactNode {
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
