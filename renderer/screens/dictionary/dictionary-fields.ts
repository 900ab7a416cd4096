import type { DictionaryName } from '../../../shared/domain/dictionary/commands.ts';
import { ruleCalendarTitles } from '../../../shared/domain/rule/model.ts';
import { autoReplyKindTitles } from '../../../shared/domain/auto-reply/model.ts';
import type { Choice } from '../../ui/choice-field.tsx';
import { choicesOf } from '../../ui/choice-field.tsx';
import type { DocumentName } from '../../../shared/domain/documents.ts';
import { textOf, type Json } from '../../../shared/base/json.ts';
import { problemOfDays, shownDay } from './day-lines.ts';

/** How one field of a catalogue is shown and typed. */
export type DictionaryField = { readonly name: string; readonly label: string; readonly required?: boolean; readonly hint?: string } & (
  | { readonly kind: 'text' | 'longText' | 'number' | 'flag' | 'date' | 'moment' | 'lines' | 'days' }
  | { readonly kind: 'ref'; readonly refType: DocumentName }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
);

export interface DictionaryView {
  /** Name of the catalogue, plural. */
  readonly title: string;
  readonly fields: readonly DictionaryField[];
  /** Columns of the list: names of fields, the first ones most important; sort by the first that can. */
  readonly columns: readonly string[];
  /** One entry that the centre made: nothing is added. */
  readonly single?: boolean;
}

const code: DictionaryField = { name: 'code', label: 'Код', kind: 'text' };
const name: DictionaryField = { name: 'name', label: 'Наименование', kind: 'text', required: true };
const branchId: DictionaryField = { name: 'branchId', label: 'Филиал', kind: 'ref', refType: 'branch', required: true };
const plain = (title: string): DictionaryView => ({ title, fields: [code, name], columns: ['code', 'name'] });

const unitTitles = { minutes: 'минуты', hours: 'часы', days: 'дни', count: 'штуки', percent: 'проценты' } as const;

/** Every catalogue: its fields in the order of the form. A new one is an entry here. */
export const dictionaryViews: Readonly<Record<DictionaryName, DictionaryView>> = {
  appealCategory: { title: 'Категории обращений', fields: [code, name, { name: 'row7', label: 'Строка формы 7', kind: 'text', hint: 'Строка отчётной формы, в которую идёт категория' }], columns: ['code', 'name', 'row7'] },
  appealKind: { title: 'Виды обращений', fields: [code, name, { name: 'isComplaint', label: 'Жалоба', kind: 'flag' }, { name: 'answerRuleId', label: 'Норма срока ответа', kind: 'text', hint: 'Обозначение записи «Регламента», например T-WRITTEN' }], columns: ['code', 'name', 'isComplaint', 'answerRuleId'] },
  autoReply: {
    title: 'Тексты автоответов',
    fields: [{ name: 'kind', label: 'Автоответ', kind: 'choice', required: true, choices: choicesOf(autoReplyKindTitles) }, { name: 'subject', label: 'Тема', kind: 'text', required: true }, { name: 'text', label: 'Текст', kind: 'longText', required: true }],
    columns: ['kind', 'subject'],
  },
  branch: plain('Филиалы'),
  businessRegion: plain('Бизнес-регионы'),
  contract: { title: 'Договоры', fields: [{ name: 'number', label: 'Номер', kind: 'text', required: true }, { name: 'date', label: 'Дата', kind: 'date', required: true }, { name: 'clientId', label: 'Клиент', kind: 'ref', refType: 'client', required: true }], columns: ['number', 'date', 'clientId'] },
  employee: {
    title: 'Сотрудники',
    fields: [{ name: 'lastName', label: 'Фамилия', kind: 'text', required: true }, { name: 'firstName', label: 'Имя', kind: 'text' }, { name: 'middleName', label: 'Отчество', kind: 'text' }, { name: 'position', label: 'Должность', kind: 'text' }, { name: 'email', label: 'E-mail', kind: 'text' }, branchId],
    columns: ['name', 'position', 'branchId', 'email'],
  },
  gridDistrict: { title: 'РЭС', fields: [code, name, branchId, { name: 'regionId', label: 'Регион', kind: 'ref', refType: 'region', required: true }], columns: ['code', 'name', 'branchId', 'regionId'] },
  mailSettings: {
    title: 'Почтовые ящики',
    fields: [{ name: 'clientsMailbox', label: 'Ящик клиентов', kind: 'text', required: true }, { name: 'requestsMailbox', label: 'Ящик запросов', kind: 'text', required: true }, { name: 'otherMailboxes', label: 'Другие наши ящики', kind: 'lines', hint: 'По одному адресу в строке. На них не уходят автоответы' }],
    columns: ['clientsMailbox', 'requestsMailbox'],
    single: true,
  },
  office: { title: 'ЦОК', fields: [code, name, branchId, { name: 'category', label: 'Категория', kind: 'number', required: true }], columns: ['code', 'name', 'branchId', 'category'] },
  region: plain('Регионы'),
  rule: {
    title: 'Регламент',
    fields: [
      { name: 'ruleId', label: 'Обозначение', kind: 'text', required: true, hint: 'T-MAIL, T-WRITTEN и другие' }, name, { name: 'clause', label: 'Основание', kind: 'text' }, { name: 'value', label: 'Значение', kind: 'number', required: true },
      { name: 'unit', label: 'Единица', kind: 'choice', required: true, choices: choicesOf(unitTitles) }, { name: 'calendar', label: 'Календарь', kind: 'choice', required: true, choices: choicesOf(ruleCalendarTitles) },
      { name: 'validFrom', label: 'Действует с', kind: 'moment', required: true }, { name: 'warnAt', label: 'Предупреждать при', kind: 'number', required: true, hint: 'Доля срока от 0 до 1: 0,75 – жёлтым после трёх четвертей' }, { name: 'confirmed', label: 'Подтверждено', kind: 'flag' },
    ],
    columns: ['ruleId', 'name', 'value', 'unit', 'calendar', 'validFrom', 'confirmed'],
  },
  subtopic: { title: 'Подтемы', fields: [code, name, { name: 'topicId', label: 'Тематика', kind: 'ref', refType: 'topic', required: true }, { name: 'categoryId', label: 'Категория', kind: 'ref', refType: 'appealCategory', required: true }], columns: ['code', 'name', 'topicId', 'categoryId'] },
  workCalendar: {
    title: 'Производственный календарь',
    fields: [
      { name: 'year', label: 'Год', kind: 'number', required: true },
      { name: 'daysOff', label: 'Выходные дни', kind: 'days', hint: 'С понедельника по пятницу, по одной дате в строке: 09.01.2026' },
      { name: 'workDays', label: 'Рабочие субботы и воскресенья', kind: 'days', hint: 'По одной дате в строке' },
      { name: 'confirmed', label: 'Переносы утверждены', kind: 'flag' },
    ],
    columns: ['year', 'daysOff', 'workDays', 'confirmed'],
  },
  topic: { title: 'Тематики', fields: [code, name, { name: 'annex4Row', label: 'Строка приложения 4', kind: 'text' }], columns: ['code', 'name', 'annex4Row'] },
};

/** The term of «Регламент»: a version that documents were made under never changes it. */
export const termFields: ReadonlySet<string> = new Set(['ruleId', 'value', 'unit', 'calendar', 'validFrom']);

function emptyOf(field: DictionaryField): Json {
  switch (field.kind) {
    case 'flag':
      return false;
    case 'lines':
    case 'days':
      return [];
    case 'number':
      return field.name === 'warnAt' ? 0.75 : field.name === 'year' ? new Date().getFullYear() + 1 : 1;
    case 'choice':
      return field.choices[0]?.value ?? '';
    default:
      return '';
  }
}

/** A new entry as its form begins; the copied one's values where they are given. */
export function newEntry(type: DictionaryName, id: string, copied: Readonly<Record<string, Json>> = {}): Readonly<Record<string, Json>> {
  return { ...Object.fromEntries(dictionaryViews[type].fields.map((field) => [field.name, copied[field.name] ?? emptyOf(field)])), id };
}

/** Path → which rule failed, of an entry as it is typed. */
export function entryProblems(type: DictionaryName, values: Readonly<Record<string, Json>>): Readonly<Record<string, string>> {
  const days = dictionaryViews[type].fields.filter(({ kind }) => kind === 'days');
  const problems = days.map(({ name: path }) => [path, problemOfDays(values[path])] as const);
  return Object.fromEntries(problems.flatMap(([path, problem]) => (problem === undefined ? [] : [[path, problem]])));
}

const MOSCOW_MS = 3 * 3_600_000;

/** «2026-11-24» in Moscow of an instant; '' for none. */
export function moscowDay(at: string): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? '' : new Date(ms + MOSCOW_MS).toISOString().slice(0, 10);
}

/** The instant at which that day begins in Moscow; '' for none. */
export function dayStart(day: string): string {
  return day === '' ? '' : new Date(Date.parse(`${day}T00:00:00Z`) - MOSCOW_MS).toISOString();
}

/** A value as the list shows it. */
export function dictionaryText(field: DictionaryField, value: Json | undefined, refs: Readonly<Record<string, string>>): string {
  if (value === null || value === undefined || value === '') return '';
  switch (field.kind) {
    case 'flag':
      return value === true ? 'да' : 'нет';
    case 'choice':
      return field.choices.find((choice) => choice.value === value)?.label ?? textOf(value);
    case 'ref':
      return refs[textOf(value)] ?? '';
    case 'date':
      return textOf(value).split('-').toReversed().join('.');
    case 'moment':
      return moscowDay(textOf(value)).split('-').toReversed().join('.');
    case 'number':
      return textOf(value).replace('.', ',');
    case 'lines':
      return Array.isArray(value) ? value.join(', ') : '';
    case 'days':
      return Array.isArray(value) ? value.map((day) => shownDay(textOf(day))).join(', ') : '';
    default:
      return textOf(value);
  }
}
