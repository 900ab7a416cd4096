import type { AnyDocument } from '../../shared/base/document-type.ts';
import type { Appeal } from '../../shared/domain/appeal/model.ts';
import type { Application } from '../../shared/domain/application/model.ts';
import type { Client } from '../../shared/domain/client/model.ts';
import type { ContactEvent } from '../../shared/domain/contact-event/model.ts';
import type { OutgoingEmail } from '../../shared/domain/outgoing-email/model.ts';
import { inventedApplication } from '../demo/applications.ts';
import { inventedClient, inventedPhone } from '../demo/clients.ts';
import type { DemoClient } from '../demo/demo-client.ts';
import { demoUsers } from '../demo/demo-users.ts';
import { seededRandom, type SeededRandom } from '../demo/seeded-random.ts';

/** A document with the name of its type. */
export interface Made {
  readonly type: 'client' | 'application' | 'outgoingEmail' | 'contactEvent' | 'appeal';
  readonly document: AnyDocument;
}

/** The day that the company is made for: the same seed gives the same data whenever it is run. */
export const madeOn = Date.parse('2026-11-24T06:00:00.000Z');

const contacts = 3;
const applications = 3;
const dayMs = 86_400_000;
const subjects = ['Сроки по договору ТП', 'Ответ на обращение', 'Акт об осуществлении присоединения', 'Счёт на оплату', 'Технические условия', 'Дата осмотра', 'Замена прибора учёта', 'Качество напряжения'] as const;
const contents = ['Прошу сообщить срок исполнения договора.', 'Низкое напряжение по вечерам, прошу проверить.', 'Прошу выдать копию технических условий.', 'Прошу перенести опору с участка.', 'Прошу проверить прибор учёта.'] as const;

/** An id that tells what it is and stays in order, so that a base takes it in quickly. */
function idOf(kind: string, number: number): string {
  return `${kind}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** Each client has chance of his own: the same for any part of the company made alone. */
function randomOf(seed: number, number: number): SeededRandom {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x27d4eb2f);
  return seededRandom(mixed ^ (mixed >>> 15));
}

function withContacts(random: SeededRandom, { client, place }: DemoClient, number: number): DemoClient & { readonly client: Client } {
  const missing = Math.max(0, contacts - client.phones.length - client.emails.length);
  const added = Array.from({ length: missing }, (_, n) => inventedPhone(random, `p${client.phones.length + n + 1}`, n === 0 ? 'Мобильный' : 'Рабочий'));
  const registeredAt = new Date(madeOn - random.whole(1, 2_000) * dayMs).toISOString();
  return { place, client: { ...client, id: idOf('c0000000', number), phones: [...client.phones, ...added], registeredAt, aliasOf: null } };
}

/** A letter that was sent to the client, with its event: his history. */
function history(random: SeededRandom, client: Client, number: number): readonly Made[] {
  const address = client.emails[0]?.address;
  if (address === undefined) return [];
  const sentAt = new Date(madeOn - random.whole(1, 700) * dayMs).toISOString();
  const id = idOf('e0000000', number);
  const eventId = idOf('f0000000', number);
  const subject = random.pick(subjects);
  const authorId = random.pick(demoUsers).user.id;
  const email: OutgoingEmail = {
    id, kind: 'new', state: 'sent', messageId: `${id}@rossetimr.example`, inReplyTo: null, references: [], to: [{ name: client.name, address }], cc: [], subject, text: `Здравствуйте!\n\n${subject}: документы во вложении.`, attachments: [],
    incomingEmailId: null, classification: null, conversationId: id, clientId: client.id, appealId: null, eventId, authorId, createdAt: sentAt, queuedAt: sentAt, sentAt, effectId: null, attempts: 1, serverAnswer: '250 OK', rawFileId: null,
  };
  const event: ContactEvent = { id: eventId, number: `СБ-25-${String(number + 1).padStart(8, '0')}`, channel: 'outgoingEmail', occurredAt: sentAt, clientId: client.id, documentType: 'outgoingEmail', documentId: id, subject, applicationIds: [], appealId: null, outcome: 'sent', outcomeDetails: address, comment: '', finishedAt: sentAt, finishedBy: authorId };
  return [{ type: 'outgoingEmail', document: email }, { type: 'contactEvent', document: event }];
}

function appeal(random: SeededRandom, { client, place }: DemoClient, number: number): Made {
  const createdAt = new Date(madeOn - random.whole(40, 700) * dayMs).toISOString();
  const document: Appeal = {
    id: idOf('b0000000', number), state: 'closed', number: `ОБ-25-${String(number + 1).padStart(8, '0')}`, barcode: `5025${String(number + 1).padStart(12, '0')}`, createdAt, createdBy: random.pick(demoUsers).user.id, registeredAt: createdAt,
    incomingEmailId: null, eventId: null, clientId: client.id, kindId: 'kind-101', categoryId: 'category-2', topicId: 'topic-1', subtopicId: 'subtopic-108', registrationPlace: 'post', deliveryPlace: 'post', internetCardNumber: '', intakeChannel: 'post',
    content: random.pick(contents), attachments: [], phone: client.phones[0]?.typed ?? '', email: client.emails[0]?.address ?? '', applicationIds: [], dataFromApplicationId: null, objectName: '', address: client.addresses[0]?.text ?? '', regionId: place.regionId,
    gridDistrictId: place.districtId, branchId: place.branchId, responsibleId: 'employee-safina', hasIntermediary: false, intermediaryId: null, authorityNumber: '', authorityFrom: '', authorityTo: '', dueAt: null, ruleId: null, forwardedToAsud: false, effectId: null, registrationProblem: '',
  };
  return { type: 'appeal', document };
}

/** The client of that number (from 0) with all that concerns him: three contacts, three applications, a letter, now and then an appeal. */
export function clientWithAll(seed: number, number: number): readonly Made[] {
  const random = randomOf(seed, number);
  const made = withContacts(random, inventedClient(random), number);
  const own = Array.from({ length: applications }, (_, n): Made => {
    const index = number * applications + n;
    const document: Application = { ...inventedApplication(random, made, index, madeOn), id: idOf('a0000000', index), number: `И-${random.pick([24, 25, 26])}-00-${String(index + 1).padStart(7, '0')}/${random.pick([102, 103, 105])}` };
    return { type: 'application', document };
  });
  return [
    { type: 'client', document: made.client },
    ...own,
    ...(random.chance(0.6) ? history(random, made.client, number) : []),
    ...(random.chance(0.2) ? [appeal(random, made, number)] : []),
  ];
}
