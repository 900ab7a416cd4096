import type { ReactNode } from 'react';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { call } from '../../bridge.ts';
import { DocumentPicker } from '../../document/document-picker.tsx';
import { rowOf } from '../../document/rows.ts';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { CheckField } from '../../ui/choice-field.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { ReadonlyField, Section } from '../../ui/field.tsx';
import { formatDate, plural } from '../../ui/format.ts';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { emailsOf, phonesOf, tellsApart } from '../incoming-email/client-card.ts';
import { useAnswerTerm } from './answer-term.ts';
import { AppealApplications } from './appeal-applications.tsx';

interface AppealSideProps {
  readonly form: DocumentForm<'appeal'>;
  readonly email: IncomingEmail;
}

/** Whose appeal it is, about what, and who answers. */
export function AppealSide({ form, email }: AppealSideProps): ReactNode {
  return (
    <div className="appeal-column">
      <ClientSection form={form} />
      <AppealApplications form={form} email={email} />
      <ObjectSection form={form} />
    </div>
  );
}

/** Another client brings his own phone and e-mail; his applications replace those of the former one. */
async function changeClient(form: DocumentForm<'appeal'>, id: string | null): Promise<void> {
  const row = id === null ? null : await call('document.get', { type: 'client', id });
  const card = row === null ? null : rowOf<'client'>(row).document;
  form.set({ clientId: id ?? '', phone: card === null ? '' : (phonesOf(card)[0] ?? ''), email: card === null ? '' : (emailsOf(card)[0] ?? ''), applicationIds: [], dataFromApplicationId: null });
}

function ClientSection({ form }: { readonly form: DocumentForm<'appeal'> }): ReactNode {
  const client = form.field('clientId');
  const { hasIntermediary } = form.values;
  return (
    <Section title="Клиент">
      <DocumentPicker type="client" label="Контакт" {...client} value={client.value === '' ? null : client.value} onChange={(id) => void changeClient(form, id)} sort="name" opens details={({ document }) => [tellsApart(document), phonesOf(document)[0] ?? ''].filter((part) => part !== '').join(', ')} />
      <TextField label="Номер телефона" {...form.field('phone')} maxLength={200} />
      <TextField label="Адрес электронной почты" {...form.field('email')} maxLength={320} />
      <CheckField label="Наличие посредника/представителя" {...form.field('hasIntermediary')} />
      {hasIntermediary ? (
        <>
          <DocumentPicker type="client" label="Посредник" {...form.field('intermediaryId')} sort="name" opens details={({ document }) => tellsApart(document)} />
          <TextField label="Доверенность №" {...form.field('authorityNumber')} maxLength={200} />
          <DateField label="Действует с" {...form.field('authorityFrom')} />
          <DateField label="Действует по" {...form.field('authorityTo')} />
        </>
      ) : null}
    </Section>
  );
}

/** Another Филиал has other people and other РЭС: what belongs to the former one goes. */
async function changeBranch(form: DocumentForm<'appeal'>, id: string | null): Promise<void> {
  const { branchId, gridDistrictId } = form.values;
  if ((id ?? '') === branchId) return;
  const row = id === null || gridDistrictId === null ? null : await call('document.get', { type: 'gridDistrict', id: gridDistrictId });
  const isForeign = row !== null && rowOf<'gridDistrict'>(row).document.branchId !== id;
  form.set({ branchId: id ?? '', responsibleId: '', ...(isForeign ? { gridDistrictId: null } : {}) });
}

function ObjectSection({ form }: { readonly form: DocumentForm<'appeal'> }): ReactNode {
  const { values } = form;
  const branch = form.field('branchId');
  const responsible = form.field('responsibleId');
  const ofBranch = values.branchId === '' ? [] : [{ column: 'branchId', op: 'eq' as const, value: values.branchId }];
  return (
    <Section title="Объект и исполнитель">
      <TextField label="Наименование объекта" {...form.field('objectName')} maxLength={500} />
      <TextArea label="Адрес" {...form.field('address')} />
      <DocumentPicker type="region" label="Регион" {...form.field('regionId')} sort="name" />
      <DocumentPicker type="gridDistrict" label="РЭС" {...form.field('gridDistrictId')} where={ofBranch} sort="name" />
      <DocumentPicker type="branch" label="Филиал" {...branch} value={branch.value === '' ? null : branch.value} onChange={(id) => void changeBranch(form, id)} sort="name" />
      <DocumentPicker
        type="employee"
        label="Ответственный"
        {...responsible}
        value={responsible.value === '' ? null : responsible.value}
        onChange={(id) => responsible.onChange(id ?? '')}
        where={ofBranch}
        sort="name"
        placeholder="Выберите сотрудника"
        details={({ document }) => document.position}
      />
      <AnswerTerm kindId={values.kindId} from={values.createdAt} />
    </Section>
  );
}

const dayMs = 86_400_000;

function AnswerTerm({ kindId, from }: { readonly kindId: string; readonly from: string }): ReactNode {
  const term = useAnswerTerm(kindId, from);
  const dueAt = term?.dueAt ?? null;
  const days = dueAt === null ? 0 : Math.floor((Date.parse(dueAt) - Date.parse(from)) / dayMs);
  return <ReadonlyField label="Срок ответа">{dueAt === null ? <span className="okno-text2">{term === null ? '' : 'в «Регламенте» срока нет'}</span> : `${formatDate(dueAt)}, ${days} ${plural(days, 'день', 'дня', 'дней')}`}</ReadonlyField>;
}
