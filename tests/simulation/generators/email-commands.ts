import type { Client } from '../../../shared/domain/client/model.ts';
import { aClient } from '../../helpers/builders.ts';
import { letterCharsetSchema } from '../../../shared/domain/incoming-email/model.ts';
import { receivedEmail } from '../workload.ts';
import type { Draw, Drawn, Generator } from './draw.ts';

const isWorked = ({ state }: { readonly state: string }): boolean => state === 'inWork' || state === 'numbered';

/** A command on a letter that somebody works on. */
function onWorked(draw: Draw, more: (id: string) => object = () => ({}), isRight: Parameters<Draw['document']>[1] = isWorkedDocument): Drawn {
  const email = draw.document('incomingEmail', isRight);
  const id = draw.mostly(email?.id ?? 'unknown', 'unknown', '');
  return { input: { id, ...more(id) }, author: draw.holder(email) };
}

const isWorkedDocument = (document: object): boolean => 'state' in document && isWorked({ state: String(document.state) });

const kinds = { kindId: ['kind-101', null, 'unknown'], categoryId: ['category-2', 'category-1', null], subtopicId: ['subtopic-108', null, 'unknown'] } as const;
const meeting = { signatory: ['Иванов И. И.', ''], meetingTime: ['10:00', ''] } as const;
const classes = ['text', 'official', 'faxogram', 'protocol', 'faxogramProtocol', 'reconciliation', 'subscriptionCheck'] as const;

/** «Сохранить»: mostly all that a class needs, now and then a handful of fields, some of which nobody may write. */
function saved(draw: Draw): Drawn {
  const email = draw.document('incomingEmail', isWorked);
  const id = email?.id ?? 'unknown';
  const author = draw.holder(email);
  if (draw.random.chance(0.6)) {
    const consumer = draw.random.chance(0.7);
    const fields = { fromWhom: consumer ? 'consumer' : 'notConsumer', classification: consumer ? draw.of('text', 'official', 'reconciliation') : draw.of('protocol', 'official', 'faxogram'), kindId: 'kind-101', categoryId: 'category-2', subtopicId: 'subtopic-108', signatory: 'Иванов И. И.', meetingTime: '10:00' };
    return { input: { id, edits: Object.entries(fields).map(([path, after]) => draw.edit(email, path, after)) }, author };
  }
  const some = { fromWhom: ['consumer', 'notConsumer', null], classification: [...classes, null], ...kinds, ...meeting, applicationIds: [[], ['application-1'], ['unknown']], clientId: [null, 'client-1'], number: ['КП-26-00000001'], state: ['new'] } as const;
  const edits = Object.entries(some).filter(() => draw.random.chance(0.25)).map(([path, values]) => draw.edit(email, path, draw.random.pick<unknown>(values) ?? null));
  return { input: { id, edits }, author };
}

const received: Generator = (draw) => {
  const { input } = receivedEmail(draw.random.between(1, 60), draw.world.now);
  const sent = draw.all('outgoingEmail').filter(({ kind, state }) => kind !== 'autoReplySpam' && state !== 'draft');
  const answered = draw.random.chance(0.3) ? (draw.random.pick(sent)?.messageId ?? null) : null;
  const email = (input as { readonly email: object }).email; // as `receivedEmail` makes it
  const automation = draw.mostly('person', 'automatic', 'bulk', 'autoReply', 'bounce');
  const deliveryReports = automation === 'bounce' ? [{ originalMessageId: answered, recipient: 'res@branch.ru', reason: 'ящик не существует' }] : [];
  const listed = draw.random.chance(0.2) ? draw.document('mailFilter', ({ deleted }) => deleted !== true) : undefined;
  const address = listed?.address ?? (draw.random.chance(0.1) ? '' : null);
  return { input: { email: { ...email, automation, inReplyTo: answered, ...(address === null ? {} : { from: { name: '', address } }) }, deliveryReports }, author: null };
};

const spam: Generator = (draw) => {
  const email = draw.document('incomingEmail', ({ state }) => state === 'spam');
  const event = draw.all('contactEvent').find(({ id }) => id === email?.eventId);
  return { input: { id: email?.id ?? 'unknown' }, author: draw.random.chance(0.5) ? draw.user(event?.finishedBy) : draw.author('supervisor') };
};

export const emailGenerators = {
  'incomingEmail.receive': received,
  'incomingEmail.take': (draw) => ({ input: { id: draw.id('incomingEmail', ({ state, holderId }) => holderId === null && (state === 'new' || state === 'numbered')) }, author: draw.author('mailSupervisor', 'supervisor') }),
  'incomingEmail.returnToQueue': (draw) => onWorked(draw),
  'incomingEmail.reassign': (draw) => ({ input: { id: draw.id('incomingEmail', isWorked), userId: draw.id('user', ({ roles }) => roles.includes('mailSupervisor')) }, author: draw.author('supervisor') }),
  'incomingEmail.markSpam': (draw) => onWorked(draw),
  'incomingEmail.unmarkSpam': spam,
  'incomingEmail.restore': (draw) => ({ input: { id: draw.id('incomingEmail', ({ state }) => state === 'unwanted') }, author: draw.author('supervisor') }),
  'incomingEmail.save': saved,
  'incomingEmail.chooseClient': (draw) => onWorked(draw, () => ({ clientId: draw.id('client'), link: draw.of('this', 'later', 'all') })),
  'incomingEmail.assignNumber': (draw) => onWorked(draw, () => ({}), (document) => isWorkedDocument(document) && 'clientId' in document && document.clientId !== null && 'number' in document && document.number === null),
  'incomingEmail.finish': (draw) => onWorked(draw, () => ({ reason: draw.of('Ответ не нужен', 'Благодарность', ''), comment: draw.text() })),
  'incomingEmail.correctCharset': (draw) => onWorked(draw, () => ({ charset: draw.random.pick([...letterCharsetSchema.options, 'morse']), reading: { subject: draw.of('Прочитано', ''), fromName: draw.of('', 'Соколова'), text: draw.text(), problems: draw.of([], ['Кодировка исправлена']) } })),
  'incomingEmail.restoreCharset': (draw) => onWorked(draw, () => (draw.random.chance(0.5) ? {} : { charset: draw.random.pick(letterCharsetSchema.options) })),
  'contactEvent.assignNumber': (draw) => ({ input: { id: draw.mostly(draw.id('contactEvent', ({ number }) => number === null), 'unknown') }, author: null }),
  'contactEvent.comment': (draw) => ({ input: { id: draw.id('contactEvent'), comment: draw.text() }, author: draw.author('operator', 'mailSupervisor', 'supervisor') }),
  'mailFilter.add': (draw) => ({ input: { id: draw.newId('mailFilter'), address: draw.of(`a${String(draw.random.between(1, 60))}@pochta-mo.ru`, 'SALE@kabel-optom.biz ', 'client@moesk.ru', 'не адрес', ''), reason: draw.text() }, author: draw.author('mailSupervisor', 'administrator') }),
  'mailFilter.remove': (draw) => ({ input: { id: draw.id('mailFilter', ({ deleted }) => deleted !== true) }, author: draw.author('supervisor', 'administrator') }),
  'mailFilter.restore': (draw) => ({ input: { id: draw.id('mailFilter', ({ deleted }) => deleted === true) }, author: draw.author('supervisor', 'mailSupervisor') }),
} as const satisfies Readonly<Record<string, Generator>>;

const numbers = { inn: ['', '500100732259', '7707083893', '1'], ogrn: ['', '1027700132195', '12'], okpo: ['', '00032537', '7'], kpp: ['', '770401001', 'КПП'] } as const;

function someNumbers(draw: Draw): object {
  return Object.fromEntries(Object.entries(numbers).filter(() => draw.random.chance(0.15)).map(([field, values]) => [field, draw.random.pick<string>(values)]));
}

/** Cards that stand by themselves, now and then one that was merged already or is not there. */
function cardsToMerge(draw: Draw): Drawn {
  const standing = ({ aliasOf }: Client): boolean => aliasOf === null;
  const kept = draw.document('client', standing);
  const discarded = [draw.document('client', (card) => standing(card) && card.id !== kept?.id), ...(draw.random.chance(0.2) ? [draw.document('client', standing)] : [])];
  const edits = () => [draw.edit(kept, 'middleName', draw.of('Олеговна', '')), draw.edit(kept, draw.mostly('inn', 'phones', 'aliasOf', 'нет такого'), draw.of('', '500100732259', '1'))].filter(() => draw.random.chance(0.3));
  return { input: { id: draw.mostly(kept?.id ?? 'unknown', 'unknown'), discarded: discarded.map((card) => ({ id: draw.mostly(card?.id ?? 'unknown', 'unknown', kept?.id ?? ''), edits: edits() })) }, author: draw.authorWhoSees('client', discarded[0], 'supervisor') };
}

/** A merge to be undone, mostly one that holds. */
function cardsToPart(draw: Draw): Drawn {
  const card = draw.document('client', ({ merged }) => merged !== undefined);
  return { input: { id: draw.mostly(card?.merged?.into ?? 'client-1', 'client-2'), discarded: [{ id: card?.id ?? 'unknown' }] }, author: draw.authorWhoSees('client', card, 'supervisor') };
}

export const clientGenerators = {
  'client.merge': cardsToMerge,
  'client.unmerge': cardsToPart,
  'client.create': (draw) => {
    const email = draw.document('incomingEmail', isWorked);
    const { registeredAt: _registered, aliasOf: _alias, deleted: _deleted, ...client } = aClient({ id: draw.newId('client'), lastName: draw.mostly(`Фамилия${String(draw.random.between(1, 9))}`, '', ' '), branchIds: [...draw.of(['branch-north'], [], ['branch-south'])] });
    const link = draw.random.chance(0.4) ? { incomingEmailId: email?.id ?? 'unknown', link: draw.of('this', 'later') } : null;
    return { input: { client: { ...client, kind: draw.mostly('person', 'organization', 'soleTrader'), ...someNumbers(draw) }, link }, author: link === null ? draw.author('operator', 'frontDesk', 'mailSupervisor') : draw.holder(email) };
  },
  'client.save': (draw) => {
    const client = draw.document('client', ({ aliasOf }) => aliasOf === null);
    const [phone] = client?.phones ?? [];
    const edits = [
      draw.edit(client, 'firstName', draw.of('Анна', 'Пётр', '')),
      draw.edit(client, 'inn', draw.of('', '500100732259', '1')),
      draw.edit(client, draw.mostly('gender', 'registeredAt', 'aliasOf', '__proto__', 'нет такого', 'inn.x'), draw.of('male', '', 'другой')),
      { path: `phones.${phone?.id ?? 'p9'}.typed`, before: draw.mostly(phone?.typed ?? null, ''), after: draw.of('8 (495) 123-45-67', '', 'нет') },
      { path: 'emails.e9', before: null, after: draw.mostly<unknown>({ id: 'e9', address: 'new@pochta-mo.ru', comment: '', main: false }, null, 'строка', { id: 'e9' }) },
      draw.edit(client, 'branchIds', draw.of(['branch-north'], ['branch-south'], [])),
      draw.edit(client, 'managerId', draw.mostly(draw.id('employee'), 'nobody')),
      draw.edit(client, 'intermediaryId', draw.mostly(draw.id('client'), client?.id ?? 'unknown')),
    ].filter(() => draw.random.chance(0.3));
    return { input: { id: draw.mostly(client?.id ?? 'unknown', 'unknown'), edits }, author: draw.authorWhoSees('client', client, 'operator', 'frontDesk', 'supervisor') };
  },
} as const satisfies Readonly<Record<string, Generator>>;
