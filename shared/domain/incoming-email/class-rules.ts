import { assertNever } from '../../base/assert-never.ts';
import type { Refusal } from '../../base/errors.ts';
import { refusal } from '../../base/errors.ts';
import { classificationTitles, incomingEmailStateTitles, type Classification, type FromWhom, type IncomingEmail } from './model.ts';

/** Fields of the letter that a class may require, and how the form calls them. */
export const emailFieldTitles = {
  fromWhom: 'От кого',
  classification: 'Классификация',
  clientId: 'Контакт',
  kindId: 'Вид',
  categoryId: 'Категория',
  subtopicId: 'Подтема',
  signatory: 'Подписант',
  meetingTime: 'Время совещания',
} as const;
export type EmailField = keyof typeof emailFieldTitles;

/** What a class requires and does (the table of 2.7 and 2.8). */
export interface ClassRow {
  /** Gets «Присвоить рег. номер» and «Создать обращение» (2.8.1, 2.8.2). */
  readonly numbered: boolean;
  readonly beforeNumber: readonly EmailField[];
  /** `ends`: «Переслать» ends the task; `afterAppeal`: to АСУД once the appeal is written; `none`: not forwarded. */
  readonly forward: 'ends' | 'afterAppeal' | 'none';
  readonly beforeForward: readonly EmailField[];
  /** «Подписант» and «Время совещания» go into the subject (2.7.1, 2.7.3). */
  readonly subjectGetsMeeting: boolean;
}

const categories = ['kindId', 'categoryId', 'subtopicId'] as const;
const justForwarded = (beforeForward: readonly EmailField[], subjectGetsMeeting = false): ClassRow => ({ numbered: false, beforeNumber: [], forward: 'ends', beforeForward, subjectGetsMeeting });
const registered = (forward: 'afterAppeal' | 'none'): ClassRow => ({
  numbered: true,
  beforeNumber: ['clientId', ...categories],
  forward,
  beforeForward: forward === 'none' ? [] : ['clientId', ...categories],
  subjectGetsMeeting: false,
});

/** The classes by «От кого», in the order of the form (2.6.2, 2.6.3). */
export const classTable: Readonly<Record<FromWhom, Partial<Readonly<Record<Classification, ClassRow>>>>> = {
  notConsumer: {
    faxogram: justForwarded(['signatory', 'meetingTime'], true),
    protocol: justForwarded([]),
    faxogramProtocol: justForwarded(['signatory', 'meetingTime'], true),
    official: justForwarded(categories),
    reconciliation: justForwarded([]),
  },
  consumer: {
    text: registered('none'),
    official: registered('afterAppeal'),
    reconciliation: justForwarded(['clientId']),
    subscriptionCheck: justForwarded(['clientId']),
  },
};

/** The classes to choose from for «От кого», in order. */
export function classesFor(fromWhom: FromWhom): readonly Classification[] {
  return Object.keys(classTable[fromWhom]) as Classification[]; // the keys of a record of classifications
}

type Classified = Pick<IncomingEmail, 'fromWhom' | 'classification'>;

/** The row of a letter's class; null until both «От кого» and «Классификация» are filled. */
export function classRowOf({ fromWhom, classification }: Classified): ClassRow | null {
  return fromWhom === null || classification === null ? null : (classTable[fromWhom][classification] ?? null);
}

/** The fields still empty of those that «Присвоить рег. номер» or «Переслать» need, in the order of the form. */
export function missingFor(step: 'number' | 'forward', email: IncomingEmail): readonly EmailField[] {
  const row = classRowOf(email);
  const needed: readonly EmailField[] = row === null ? ['fromWhom', 'classification'] : step === 'number' ? row.beforeNumber : row.beforeForward;
  return needed.filter((field) => (email[field] ?? '').trim() === '');
}

/** Russian names of fields, for errors and hints. */
export function emailFieldNames(fields: readonly EmailField[]): readonly string[] {
  return fields.map((field) => emailFieldTitles[field]);
}

function requiredRefusal(fields: readonly EmailField[]): Refusal | null {
  return fields.length === 0 ? null : refusal('required', { fields: [...emailFieldNames(fields)] });
}

function notForClass({ classification }: Classified): Refusal {
  return refusal('notForClass', { classification: classification === null ? '' : classificationTitles[classification] });
}

const isOpen = ({ state }: Pick<IncomingEmail, 'state'>): boolean => state === 'inWork' || state === 'numbered';

/** True while a user works on the letter: everything but reading, «Принять в работу» and «Спам» needs it to be his. */
export function isInWorkBy(email: Pick<IncomingEmail, 'state' | 'holderId'>, userId: string): boolean {
  return isOpen(email) && email.holderId === userId;
}

/** Why the letter is not in work by the user; null if it is. */
export function notInWorkBy(email: Pick<IncomingEmail, 'state' | 'holderId'>, userId: string): Refusal | null {
  if (isInWorkBy(email, userId)) return null;
  if (isOpen(email) || email.state === 'new' || email.holderId !== userId) return refusal('notInWork');
  return refusal('wrongState', { state: incomingEmailStateTitles[email.state] });
}

/** Why «Присвоить рег. номер» is not possible (2.8.1); null if it is. */
export function canAssignNumber(email: IncomingEmail, userId: string): Refusal | null {
  const blocked = notInWorkBy(email, userId);
  if (blocked !== null) return blocked;
  if (email.number !== null) return refusal('alreadyNumbered', { number: email.number });
  const row = classRowOf(email);
  if (row !== null && !row.numbered) return notForClass(email);
  return requiredRefusal(missingFor('number', email));
}

/** Why «Создать обращение» is not possible (2.8.1, 2.10.1); null if it is. */
export function canCreateAppeal(email: IncomingEmail, userId: string): Refusal | null {
  if (email.appealId !== null) return refusal('appealExists');
  const blocked = notInWorkBy(email, userId);
  if (blocked !== null) return blocked;
  const row = classRowOf(email);
  if (row !== null && !row.numbered) return notForClass(email);
  const missing = missingFor('number', email);
  if (missing.length > 0) return requiredRefusal(missing);
  return email.number === null ? refusal('required', { fields: ['Рег. номер'] }) : null;
}

/**
 * Why «Переслать» is not possible (2.7.1–2.7.5, 2.8.2–2.8.4); null if it is. An official letter of a consumer is
 * forwarded once its appeal is written: the letter is then ended and waits for АСУД, and its holder or a supervisor forwards it.
 */
export function canForward(email: IncomingEmail, author: { readonly userId: string; readonly roles: readonly string[] }): Refusal | null {
  if (email.awaitsAsud && email.appealId !== null) {
    return email.holderId === author.userId || author.roles.includes('supervisor') ? null : refusal('notInWork');
  }
  const blocked = notInWorkBy(email, author.userId);
  if (blocked !== null) return blocked;
  const row = classRowOf(email);
  if (row === null) return requiredRefusal(missingFor('forward', email));
  if (row.forward === 'none') return notForClass(email);
  return requiredRefusal(missingFor('forward', email)) ?? (row.forward === 'afterAppeal' ? refusal('appealNotReady') : null);
}

/** The step that is due: what the form makes its main button. */
export type NextStep = 'take' | 'fromWhom' | 'classification' | 'client' | 'categories' | 'meeting' | 'assignNumber' | 'createAppeal' | 'forward' | 'none';

/** What the user does next on a letter, by the table of classes. */
export function nextStep(email: IncomingEmail): NextStep {
  if (email.state === 'done' && email.awaitsAsud) return 'forward';
  if (email.state === 'done' || email.state === 'spam' || email.state === 'unwanted') return 'none';
  if (email.holderId === null) return 'take';
  if (email.fromWhom === null) return 'fromWhom';
  const row = classRowOf(email);
  if (row === null) return 'classification';
  const [first] = missingFor(row.numbered ? 'number' : 'forward', email);
  return first === undefined ? (row.numbered ? (email.number === null ? 'assignNumber' : 'createAppeal') : 'forward') : stepOf(first);
}

function stepOf(field: EmailField): NextStep {
  switch (field) {
    case 'fromWhom':
    case 'classification':
      return field;
    case 'clientId':
      return 'client';
    case 'kindId':
    case 'categoryId':
    case 'subtopicId':
      return 'categories';
    case 'signatory':
    case 'meetingTime':
      return 'meeting';
    default:
      return assertNever(field);
  }
}
