import type { ReactNode } from 'react';
import { DocumentPicker } from '../../document/document-picker.tsx';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { choicesOf } from '../../ui/choice-field.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { FormBody, ReadonlyField } from '../../ui/field.tsx';
import { formatMoment } from '../../ui/format.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { genderTitles } from './client-values.ts';

interface RequisitesProps {
  readonly form: DocumentForm<'client'>;
  readonly reason: string | undefined;
}

/** «Основные реквизиты» (2.6.6.7): of an organization and of a person. */
export function RequisitesTab({ form, reason }: RequisitesProps): ReactNode {
  const { kind, registeredAt } = form.values;
  const isOrganization = kind === 'organization';
  return (
    <FormBody columns={2} label={160}>
      <div className="okno-section-block">
        <TextField label="ИНН" {...form.field('inn')} reason={reason} maxLength={20} />
        {isOrganization ? <TextField label="КПП" {...form.field('kpp')} reason={reason} maxLength={20} /> : null}
        {kind === 'person' ? null : <TextField label="ОКПО" {...form.field('okpo')} reason={reason} maxLength={20} />}
        <TextField label="ОГРН" {...form.field('ogrn')} reason={reason} maxLength={20} />
        <ReadonlyField label="Дата регистрации">{formatMoment(registeredAt === '' ? null : registeredAt) || <span className="okno-text2">заполнится при записи</span>}</ReadonlyField>
      </div>
      <div className="okno-section-block">{isOrganization ? <OrganizationFields form={form} reason={reason} /> : <PersonFields form={form} reason={reason} />}</div>
    </FormBody>
  );
}

function OrganizationFields({ form, reason }: RequisitesProps): ReactNode {
  const { values, refs } = form;
  const text = (id: string | null): string | undefined => (id === null ? undefined : refs[id]);
  return (
    <>
      <DocumentPicker type="employee" label="Основной менеджер" {...form.field('managerId')} text={text(values.managerId)} sort="name" details={({ document }) => document.position} reason={reason} />
      <DocumentPicker type="contract" label="Основной договор" {...form.field('contractId')} text={text(values.contractId)} where={[{ column: 'clientId', op: 'eq', value: values.id }]} sort="number" reason={reason} />
      <DocumentPicker type="businessRegion" label="Бизнес-регион" {...form.field('businessRegionId')} text={text(values.businessRegionId)} sort="name" reason={reason} />
    </>
  );
}

function PersonFields({ form, reason }: RequisitesProps): ReactNode {
  const { values, refs } = form;
  const gender = form.field('gender');
  return (
    <>
      <SelectField label="Пол" choices={choicesOf(genderTitles)} clearable {...gender} value={gender.value === '' ? null : gender.value} onChange={(value) => gender.onChange(value ?? '')} reason={reason} />
      <DateField label="Дата рождения" {...form.field('birthDate')} reason={reason} />
      <DocumentPicker type="client" label="Посредник" {...form.field('intermediaryId')} text={values.intermediaryId === null ? undefined : refs[values.intermediaryId]} where={[{ column: 'id', op: 'ne', value: values.id }]} sort="name" opens reason={reason} />
    </>
  );
}
