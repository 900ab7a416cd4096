import { z } from 'zod';
import { refusal } from '../../base/errors.ts';
import { sameJson } from '../../base/json.ts';
import { accept, defineCommand, refuse, type Asking, type Author, type Refused } from '../../base/rule-book.ts';
import { systemAuthor } from '../../base/scope.ts';
import { isMailAddress } from '../../base/mail-address.ts';
import type { AutoReply } from '../auto-reply/model.ts';
import { autoReplyProblem } from '../auto-reply/place-rules.ts';
import { documentTypes } from '../documents.ts';
import { mailSettingsId } from '../mail-settings/model.ts';
import { get, getMarked, together } from '../reads.ts';
import type { Rule } from '../rule/model.ts';
import { calendarProblem } from '../work-calendar/rules.ts';

/** The catalogues that a person edits, by document type. */
export const dictionaryNames = [
  'appealCategory', 'appealKind', 'autoReply', 'branch', 'businessRegion', 'contract', 'employee', 'gridDistrict', 'mailSettings', 'office', 'region', 'rule', 'subtopic', 'topic', 'workCalendar',
] as const;
export type DictionaryName = (typeof dictionaryNames)[number];

/** «Регламент» with its calendar and the mailboxes belong to the administrator (and to the centre itself). */
const administratorsOnly: readonly DictionaryName[] = ['rule', 'mailSettings', 'workCalendar'];

/** Fields that hold the id of an entry of another catalogue, and their Russian names. */
const references: Partial<Readonly<Record<DictionaryName, Readonly<Record<string, readonly [type: DictionaryName, title: string]>>>>> = {
  employee: { branchId: ['branch', 'Филиал'] },
  gridDistrict: { branchId: ['branch', 'Филиал'], regionId: ['region', 'Регион'] },
  office: { branchId: ['branch', 'Филиал'] },
  subtopic: { topicId: ['topic', 'Тематика'], categoryId: ['appealCategory', 'Категория'] },
};

const invalid = (field: string): Refused => refuse(refusal('invalidInput', { field }));

function mayWrite(type: DictionaryName, author: Author): boolean {
  return !administratorsOnly.includes(type) || author.userId === systemAuthor.userId || author.roles.includes('administrator');
}

function* danglingReference(type: DictionaryName, document: Readonly<Record<string, unknown>>): Asking<string | null> {
  const fields = Object.entries(references[type] ?? {});
  const answers = fields.length === 0 ? [] : yield* together(...fields.map(([field, [refType]]) => ({ kind: 'get', type: refType, id: String(document[field]) }) as const));
  return fields.find((_, index) => (answers[index] ?? null) === null)?.[1][1] ?? null;
}

/** What «Регламент» refuses: documents keep the id of the version they were made under, so a version's term never changes. */
function* ruleProblem(rule: Rule): Asking<Refused | null> {
  if (Number.isNaN(Date.parse(rule.validFrom))) return invalid('Действует с');
  const before = yield* get('rule', rule.id);
  const term = ({ ruleId, value, unit, calendar, validFrom }: Rule) => ({ ruleId, value, unit, calendar, validFrom });
  return before === null || sameJson(term(before), term(rule)) ? null : invalid('Срок: изменение делается новой версией с датой начала');
}

/** A text that clients get unread by anyone must be whole. */
function replyProblem(reply: AutoReply): Refused | null {
  const problem = autoReplyProblem(reply);
  if (problem === null) return null;
  return 'missing' in problem ? refuse(refusal('required', { fields: problem.missing })) : invalid(problem.wrong);
}

/** Writes one entry of a catalogue, whole. `deleted: true` in it takes the entry out of use. */
export const write = defineCommand({
  name: 'dictionary.write',
  title: 'Записать',
  version: 1,
  roles: ['dictionaryEditor', 'administrator'],
  input: z.object({ type: z.enum(dictionaryNames), document: z.record(z.string(), z.json()) }),
  undo: null,
  *decide({ type, document: given }, context) {
    if (!mayWrite(type, context.author)) return refuse(refusal('notAllowed', { action: `изменять «${documentTypes[type].title}»` }));
    const parsed = documentTypes[type].schema.safeParse(given);
    if (!parsed.success) return invalid(parsed.error.issues[0]?.path.join('.') ?? '');
    const document = parsed.data;
    if (document.id === '') return invalid('id');
    if ('name' in document && document.name.trim() === '') return refuse(refusal('required', { fields: ['Наименование'] }));
    const dangling = yield* danglingReference(type, document);
    if (dangling !== null) return invalid(dangling);
    if (type === 'mailSettings' && 'clientsMailbox' in document && (document.id !== mailSettingsId || !isMailAddress(document.clientsMailbox) || !isMailAddress(document.requestsMailbox))) return invalid('Почтовые ящики');
    const problem = 'ruleId' in document ? yield* ruleProblem(document) : type === 'autoReply' && 'kind' in document && 'subject' in document ? replyProblem(document) : null;
    if (problem !== null) return problem;
    const unfit = 'daysOff' in document ? yield* calendarProblem(document) : null;
    if (unfit !== null) return refuse(unfit);
    const before = yield* getMarked(type, document.id);
    return sameJson(before, document) ? accept([]) : accept([{ type, document }]);
  },
});
