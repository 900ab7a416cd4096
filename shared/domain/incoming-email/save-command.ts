import { z } from 'zod';
import { applyFieldEdits, fieldEditSchema } from '../../base/field-edits.ts';
import { refusal } from '../../base/errors.ts';
import { accept, defineCommand, refuse, type Asking, type Refused } from '../../base/rule-book.ts';
import { get, getAll, put } from '../reads.ts';
import { classRowOf, classTable } from './class-rules.ts';
import { mailRoles } from './commands.ts';
import { incomingEmailSchema, type IncomingEmail } from './model.ts';
import { clientOfAddress, emailInWork } from './rules.ts';

/** What «Сохранить» may change. «Контакт» can only be cleared here: choosing one is `incomingEmail.chooseClient`. */
const savedFields = ['fromWhom', 'classification', 'kindId', 'categoryId', 'subtopicId', 'signatory', 'meetingTime', 'applicationIds', 'clientId'] as const;

const invalid = (field: string): Refused => refuse(refusal('invalidInput', { field }));

/** «Классификация» fits «От кого»; a number given stays with a class that has numbers. */
function* withClass(before: IncomingEmail, after: IncomingEmail): Asking<IncomingEmail | Refused> {
  let email = after;
  if (email.classification !== null) {
    if (email.fromWhom === null) return refuse(refusal('required', { fields: ['От кого'] }));
    const isOfClass = classTable[email.fromWhom][email.classification] !== undefined;
    if (!isOfClass && before.classification !== email.classification) return invalid('Классификация: такого класса нет для выбранного «От кого»');
    if (!isOfClass) email = { ...email, classification: null };
  }
  if (email.number !== null && classRowOf(email)?.numbered !== true) return invalid('Классификация: письму уже присвоен номер, подходят только классы с обращением');
  if (email.fromWhom === 'notConsumer') return { ...email, clientId: null };
  const becameConsumer = before.fromWhom !== email.fromWhom && email.clientId === null && before.clientId === null;
  return becameConsumer ? { ...email, clientId: yield* clientOfAddress(email.from.address) } : email;
}

/** «Группа категорий» (2.7.4.1, 2.8.1.1): «Тематика» fills from the subtopic, a subtopic belongs to one category. */
function* withCategories(email: IncomingEmail): Asking<IncomingEmail | Refused> {
  if (email.kindId !== null && (yield* get('appealKind', email.kindId)) === null) return invalid('Вид');
  if (email.subtopicId === null) {
    if (email.categoryId !== null && (yield* get('appealCategory', email.categoryId)) === null) return invalid('Категория');
    return { ...email, topicId: null };
  }
  const subtopic = yield* get('subtopic', email.subtopicId);
  if (subtopic === null) return invalid('Подтема');
  if (email.categoryId !== null && email.categoryId !== subtopic.categoryId) return refuse(refusal('classifierMismatch'));
  return { ...email, categoryId: subtopic.categoryId, topicId: subtopic.topicId };
}

/** 2.7, 2.8: writes the form. Fields that another changed meanwhile to something else are asked about. */
export const save = defineCommand({
  name: 'incomingEmail.save',
  title: 'Сохранить',
  version: 1,
  roles: mailRoles,
  input: z.object({ id: z.string().min(1), edits: z.array(fieldEditSchema).max(50) }),
  undo: null,
  *decide({ id, edits }, context) {
    const before = yield* emailInWork(id, context);
    if ('refusal' in before) return before;
    const foreign = edits.find(({ path, after }) => !savedFields.some((field) => field === path) || (path === 'clientId' && after !== null));
    if (foreign !== undefined) return invalid(foreign.path === 'clientId' ? 'Контакт: выберите клиента в окне «Клиенты»' : foreign.path);
    const { merged, conflicts } = applyFieldEdits(before, edits);
    if (conflicts.length > 0) return refuse(refusal('fieldConflict', { conflicts: conflicts.map((conflict) => ({ ...conflict })) }));
    const parsed = incomingEmailSchema.safeParse(merged);
    if (!parsed.success) return invalid(parsed.error.issues[0]?.path.join('.') ?? '');
    const classed = yield* withClass(before, parsed.data);
    if ('refusal' in classed) return classed;
    const after = yield* withCategories(classed);
    if ('refusal' in after) return after;
    const applications = yield* getAll('application', after.applicationIds);
    if (applications.length < new Set(after.applicationIds).size) return invalid('Заявки: заявка не найдена');
    const event = yield* get('contactEvent', after.eventId);
    return accept([
      put('incomingEmail', after),
      ...(event === null ? [] : [put('contactEvent', { ...event, clientId: after.clientId, applicationIds: after.applicationIds })]),
    ]);
  },
});
