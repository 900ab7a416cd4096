import { textOf, type Json } from '../../../shared/base/json.ts';
import type { DocumentName } from '../../../shared/domain/documents.ts';
import { mailboxLabels } from '../../../shared/domain/mailbox/rules.ts';
import { roleTitles } from '../../../shared/base/roles.ts';
import { outgoingEmailKindTitles } from '../../../shared/domain/outgoing-email/model.ts';
import { appealFieldText, appealLabels } from '../appeal/appeal-values.ts';
import { clientFieldText, clientLabels } from '../client/client-values.ts';
import { emailFieldText, emailLabels } from '../incoming-email/form-fields.ts';
import { outgoingLabels } from '../outgoing-email/outgoing-view.ts';

/** One value of a refused command's input: where it stands, what it is called, and what was entered. */
export interface EnteredLine {
  readonly path: readonly (string | number)[];
  /** Name of the field in its document. */
  readonly field: string;
  readonly label: string;
  readonly value: Json;
  /** Typed by hand: may be corrected before it is sent again. */
  readonly typed: boolean;
  /** Keys and sizes that nobody typed: shown apart, never left out. */
  readonly technical: boolean;
}

const common: Readonly<Record<string, string>> = {
  reason: 'Причина', comment: 'Комментарий', userId: 'Сотрудник', link: 'Связать письма', address: 'Адрес', text: 'Текст', typed: 'Номер', main: 'Основной', name: 'Наименование', kind: 'Вид', code: 'Код', sent: 'Отправлено',
  login: 'Имя входа', roles: 'Роли', branchIds: 'Филиалы', active: 'Работает', employeeId: 'Сотрудник', lastName: 'Фамилия', firstName: 'Имя', middleName: 'Отчество', position: 'Должность', email: 'E-mail', type: 'Справочник',
  id: 'Ключ документа', fileId: 'Ключ файла', contentId: 'Ключ вложения', known: 'Что было в переписке', mediaType: 'Тип файла', inline: 'Внутри текста', size: 'Размер, байт', e164: 'Номер в памяти', incomingEmailId: 'Входящее письмо', clientId: 'Контакт', path: 'Поле', deleted: 'Убрано из работы', key: 'Настройка', value: 'Значение',
};
const labelsByObject: Readonly<Record<string, Readonly<Record<string, string>>>> = { incomingEmail: emailLabels, client: clientLabels, appeal: appealLabels, mailbox: mailboxLabels, outgoingEmail: outgoingLabels };
const technicalFields: ReadonlySet<string> = new Set(['id', 'fileId', 'contentId', 'mediaType', 'inline', 'size', 'e164', 'type', 'known']);
/** Text that is a code or a choice, not typing. */
const chosenFields: ReadonlySet<string> = new Set(['kind', 'link', 'fromWhom', 'classification', 'gender', 'birthDate', 'registrationPlace', 'deliveryPlace', 'intakeChannel', 'authorityFrom', 'authorityTo', 'unit', 'calendar', 'validFrom', 'registeredAt', 'internetCardNumber']);
/** Names that wrap a whole document in an input. */
const wrappers: ReadonlySet<string> = new Set(['client', 'appeal', 'mailbox', 'user', 'document', 'edits', 'discarded']);
const linkTitles: Readonly<Record<string, string>> = { this: 'только это письмо', later: 'это письмо и все последующие', all: 'все письма этого адреса' };

/** Types of the documents that fields point at, to call them by name. */
const referredTypes: Readonly<Record<string, DocumentName>> = {
  kindId: 'appealKind', categoryId: 'appealCategory', topicId: 'topic', subtopicId: 'subtopic', clientId: 'client', intermediaryId: 'client', managerId: 'employee', responsibleId: 'employee', employeeId: 'employee', contractId: 'contract',
  branchId: 'branch', branchIds: 'branch', regionId: 'region', businessRegionId: 'businessRegion', gridDistrictId: 'gridDistrict', userId: 'user', applicationIds: 'application', dataFromApplicationId: 'application', incomingEmailId: 'incomingEmail', appealId: 'appeal',
};

const objectOf = (command: string): string => command.split('.')[0] ?? '';
const isObject = (value: Json): value is Readonly<Record<string, Json>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function labelOf(object: string, field: string): string {
  return labelsByObject[object]?.[field] ?? common[field] ?? emailLabels[field] ?? appealLabels[field] ?? clientLabels[field] ?? `Поле ${field}`;
}

const joined = (before: string, label: string): string => (before === '' ? label : `${before}: ${label.toLowerCase()}`);

/** All that a refused command carried, leaf by leaf, in the order it was entered; what others had before an edit is not entered. */
export function enteredLines(command: string, input: Json): readonly EnteredLine[] {
  const object = objectOf(command);
  const walk = (value: Json, path: readonly (string | number)[], field: string, label: string): readonly EnteredLine[] => {
    if (isList(value) && value.some(isObject)) {
      return value.flatMap((item, index) => {
        if (isObject(item) && typeof item['path'] === 'string' && 'after' in item) return edit(item, [...path, index]);
        return walk(item, [...path, index], field, value.length === 1 ? label : `${label} ${index + 1}`);
      });
    }
    if (isObject(value)) return Object.entries(value).flatMap(([name, member]) => walk(member, [...path, name], name, wrappers.has(name) ? label : joined(label, labelOf(object, name))));
    const technical = technicalFields.has(field);
    const typed = typeof value === 'string' && !technical && !chosenFields.has(field) && referredTypes[field] === undefined;
    return [{ path, field, label, value, typed, technical }];
  };
  const edit = (item: Readonly<Record<string, Json>>, path: readonly (string | number)[]): readonly EnteredLine[] => {
    const [table = '', rowId, column] = textOf(item['path']).split('.');
    const label = column === undefined ? labelOf(object, table) : joined(labelOf(object, table), labelOf(object, column));
    const after = item['after'] ?? null;
    if (rowId !== undefined && column === undefined && after === null) return [{ path: [...path, 'after'], field: table, label, value: 'строка убрана', typed: false, technical: false }];
    return walk(after, [...path, 'after'], column ?? table, label);
  };
  return walk(input, [], '', '');
}

/** Documents that the lines point at: what is read to call them by name. */
export function referredIn(lines: readonly EnteredLine[]): readonly { readonly type: DocumentName; readonly id: string }[] {
  return lines.flatMap(({ field, value }) => {
    const type = referredTypes[field];
    if (type === undefined) return [];
    return (isList(value) ? value : [value]).flatMap((id) => (typeof id === 'string' && id !== '' ? [{ type, id }] : []));
  });
}

/** A value as a person reads it. */
export function enteredText(command: string, { field, value }: Pick<EnteredLine, 'field' | 'value'>, refs: Readonly<Record<string, string>>): string {
  if (value === null || value === '' || (isList(value) && value.length === 0)) return 'пусто';
  if (field === 'link' && typeof value === 'string') return linkTitles[value] ?? value;
  if (field === 'roles' && isList(value)) return value.map((role) => Object.entries(roleTitles).find(([name]) => name === role)?.[1] ?? textOf(role)).join(', ');
  if (isList(value)) return value.map((item) => (typeof item === 'string' ? (refs[item] ?? item) : textOf(item))).join(', ');
  switch (objectOf(command)) {
    case 'incomingEmail':
      return emailFieldText(field, value, refs);
    case 'appeal':
      return appealFieldText(field, value, refs);
    case 'client':
      return clientFieldText(field, value, refs);
    default:
      if (field === 'kind') return Object.entries(outgoingEmailKindTitles).find(([kind]) => kind === value)?.[1] ?? textOf(value);
      return typeof value === 'string' ? (refs[value] ?? value) : typeof value === 'boolean' ? (value ? 'да' : 'нет') : textOf(value);
  }
}

/** The input with one value replaced; everything else stays as it was entered. */
export function withEntered(input: Json, [step, ...rest]: readonly (string | number)[], value: Json): Json {
  if (step === undefined) return value;
  if (isList(input)) return input.map((item, index) => (index === step ? withEntered(item, rest, value) : item));
  if (isObject(input)) return { ...input, [step]: withEntered(input[String(step)] ?? null, rest, value) };
  return input;
}

/** The input of a letter refused because its conversation went on: the writer has read of it, it may go. */
export function withKnown(input: Json, known: Json): Json {
  return isObject(input) ? { ...input, known } : input;
}

/**
 * The input of a command refused because another changed the same fields: the values written there become what was seen, so that sending
 * again writes one's own. Everything else is left as it is.
 */
export function overWritten(input: Json, conflicts: Json | undefined): Json {
  if (!isObject(input) || !isList(input['edits'] ?? null) || conflicts === undefined || !isList(conflicts)) return input;
  const theirs = new Map(conflicts.filter(isObject).map((conflict) => [conflict['path'], conflict['theirs'] ?? null]));
  const edits = (input['edits'] as readonly Json[]).map((edit) => (isObject(edit) && theirs.has(edit['path'] ?? null) ? { ...edit, before: theirs.get(edit['path'] ?? null) ?? null } : edit)); // checked to be a list above
  return { ...input, edits };
}
