import { z } from 'zod';
import { idSource } from '../../base/id-source.ts';
import { refusal } from '../../base/errors.ts';
import { accept, defineCommand, refuse } from '../../base/rule-book.ts';
import { autoReplyTo } from '../auto-reply/rules.ts';
import { canCreateAppeal } from '../incoming-email/class-rules.ts';
import { clientById, endings } from '../incoming-email/rules.ts';
import { awaitsAppealNumber, withAppealNumber } from '../outgoing-email/rules.ts';
import { find, get, getAll, getMarked, put } from '../reads.ts';
import { appealSchema, type Appeal } from './model.ts';
import { answerTerm, checkTask, preparationTask } from './rules.ts';

const dateText = z.union([z.literal(''), z.iso.date()]);

/** The form «Обращение» made from a letter (2.10.1). Вид, Категория, Тематика, Подтема and the card number come from the letter. */
export const appealFormSchema = appealSchema
  .pick({
    id: true,
    clientId: true,
    registrationPlace: true,
    deliveryPlace: true,
    intakeChannel: true,
    content: true,
    attachments: true,
    phone: true,
    email: true,
    applicationIds: true,
    dataFromApplicationId: true,
    objectName: true,
    address: true,
    regionId: true,
    gridDistrictId: true,
    branchId: true,
    responsibleId: true,
    hasIntermediary: true,
    intermediaryId: true,
    authorityNumber: true,
  })
  .extend({ incomingEmailId: z.string().min(1), authorityFrom: dateText, authorityTo: dateText });
export type AppealForm = z.infer<typeof appealFormSchema>;

/** Who registers appeals, and may have АС ФЭУ asked again at once. */
export const registrarRoles = ['mailSupervisor', 'supervisor'] as const;

/** Names of the required fields of the form that are empty, as the form calls them. */
export function missingOfAppeal(form: AppealForm): readonly string[] {
  return [
    ...(form.clientId === '' ? ['Клиент'] : []),
    ...(form.branchId === '' ? ['Филиал'] : []),
    ...(form.responsibleId === '' ? ['Ответственный'] : []),
    ...(form.hasIntermediary && (form.intermediaryId ?? '') === '' ? ['Посредник'] : []),
  ];
}

/** «Наличие посредника/представителя» is not set: what was typed of one before does not stay (2.10.1.4). */
const noIntermediary = { intermediaryId: null, authorityNumber: '', authorityFrom: '', authorityTo: '' } as const;

const invalid = (field: string) => refuse(refusal('invalidInput', { field }));

/** 2.8.1.4, 2.10.1.6: «Записать» registers the appeal and in the same step ends the letter's task; АС ФЭУ is told. */
export const create = defineCommand({
  name: 'appeal.create',
  title: 'Создать обращение',
  version: 1,
  roles: registrarRoles,
  input: z.object({ appeal: appealFormSchema }),
  undo: null,
  *decide({ appeal: form }, context) {
    const email = yield* get('incomingEmail', form.incomingEmailId);
    if (email === null) return refuse(refusal('notFound'));
    const blocked = canCreateAppeal(email, context.author.userId);
    if (blocked !== null) return refuse(blocked);
    const missing = missingOfAppeal(form);
    if (missing.length > 0) return refuse(refusal('required', { fields: [...missing] }));
    if ((yield* getMarked('appeal', form.id)) !== null) return refuse(refusal('duplicateKey', { key: form.id }));
    const client = yield* clientById(form.clientId);
    if (client === null) return invalid('Клиент');
    if ((yield* get('branch', form.branchId)) === null) return invalid('Филиал');
    if ((yield* get('employee', form.responsibleId)) === null) return invalid('Ответственный');
    if (form.authorityFrom !== '' && form.authorityTo !== '' && form.authorityTo < form.authorityFrom) return invalid('Доверенность: срок окончания раньше начала');
    const applicationIds = [...new Set(form.applicationIds)];
    if ((yield* getAll('application', applicationIds)).length < applicationIds.length) return invalid('Заявки: заявка не найдена');
    if (form.hasIntermediary && (yield* clientById(form.intermediaryId ?? '')) === null) return invalid('Посредник');
    const { kindId, categoryId, topicId, subtopicId, number } = email;
    if (kindId === null || categoryId === null || topicId === null || subtopicId === null || number === null) return refuse(refusal('required', { fields: ['Группа категорий'] }));

    const term = yield* answerTerm(kindId, context.now);
    const newId = idSource(context);
    const effectId = newId();
    const appeal: Appeal = {
      ...form,
      ...term,
      clientId: client.id,
      applicationIds,
      ...(form.hasIntermediary ? {} : noIntermediary),
      kindId,
      categoryId,
      topicId,
      subtopicId,
      internetCardNumber: number,
      state: 'awaitsRegistration',
      number: null,
      barcode: null,
      createdAt: context.now,
      createdBy: context.author.userId,
      registeredAt: null,
      eventId: email.eventId,
      forwardedToAsud: false,
      effectId,
      registrationProblem: '',
    };
    const ended = yield* endings(email, { outcome: 'appealRegistered', details: '' }, context);
    return accept(
      [
        put('appeal', appeal),
        put('incomingEmail', { ...email, state: 'done', appealId: appeal.id, awaitsAsud: email.classification === 'official' }),
        ...ended.map((change) =>
          change.type === 'contactEvent' ? { ...change, document: { ...change.document, appealId: appeal.id, applicationIds: [...new Set([...email.applicationIds, ...applicationIds])] } } : change,
        ),
      ],
      [{ id: effectId, kind: 'registerAppeal', payload: { appealId: appeal.id } }],
    );
  },
});

/** 2.10.1.8–2.10.1.11: АС ФЭУ answered. Number and barcode, the second automatic reply, the first task of «Обработка обращений». */
export const recordRegistration = defineCommand({
  name: 'appeal.recordRegistration',
  title: 'Регистрация обращения в АС ФЭУ',
  version: 1,
  roles: 'system',
  input: z.object({ id: z.string().min(1), number: z.string().trim().min(1), barcode: z.string().regex(/^\d{16}$/) }),
  undo: null,
  *decide({ id, number, barcode }, context) {
    const before = yield* get('appeal', id);
    if (before === null) return refuse(refusal('notFound'));
    if (before.number !== null) return before.number === number ? accept([]) : refuse(refusal('alreadyNumbered', { number: before.number }));
    const newId = idSource(context);
    const state = before.forwardedToAsud ? 'check' : 'preparation';
    const appeal: Appeal = { ...before, number, barcode, state, registeredAt: context.now, registrationProblem: '' };
    const task = before.forwardedToAsud ? checkTask(appeal, newId(), context.now) : preparationTask(appeal, newId(), context.now);
    const changes = [put('appeal', appeal), put('task', task)];
    const email = before.incomingEmailId === null ? null : yield* get('incomingEmail', before.incomingEmailId);
    if (email === null) return accept(changes);

    const event = yield* get('contactEvent', email.eventId);
    if (event !== null) changes.push(put('contactEvent', { ...event, outcomeDetails: [`№ ${number}`, event.outcomeDetails].filter((part) => part !== '').join('; ') }));
    const waiting = (yield* find('outgoingEmail', 'byIncomingEmail', email.id)).filter((outgoing) => outgoing.appealId === id && awaitsAppealNumber(outgoing) && outgoing.state !== 'sent');
    changes.push(...waiting.map((outgoing) => put('outgoingEmail', withAppealNumber(outgoing, number))));
    const replied = yield* autoReplyTo(email, 'appeal', { 'номер обращения': number, ШК: barcode }, newId, context);
    if (replied.email !== email) changes.push(put('incomingEmail', replied.email));
    return accept([...changes, ...replied.changes], replied.effects);
  },
});

/** АС ФЭУ has not registered the appeal yet: why, for the person who waits. */
export const recordProblem = defineCommand({
  name: 'appeal.recordProblem',
  title: 'АС ФЭУ не ответила',
  version: 1,
  roles: 'system',
  input: z.object({ id: z.string().min(1), problem: z.string() }),
  undo: null,
  *decide({ id, problem }) {
    const appeal = yield* get('appeal', id);
    if (appeal === null) return refuse(refusal('notFound'));
    return appeal.number !== null || appeal.registrationProblem === problem ? accept([]) : accept([put('appeal', { ...appeal, registrationProblem: problem })]);
  },
});
