import type { Appeal } from '../../shared/domain/appeal/model.ts';
import type { AddressLink } from '../../shared/domain/address-link/model.ts';
import type { Application } from '../../shared/domain/application/model.ts';
import type { AutoReply } from '../../shared/domain/auto-reply/model.ts';
import type { Client } from '../../shared/domain/client/model.ts';
import type { ContactEvent } from '../../shared/domain/contact-event/model.ts';
import type { AppealCategory, AppealKind, Branch, BusinessRegion, Contract, Employee, GridDistrict, Office, Region, Subtopic, Topic } from '../../shared/domain/dictionary/model.ts';
import { documentTypes, type DocumentMap, type DocumentName } from '../../shared/domain/documents.ts';
import type { Attachment, IncomingEmail } from '../../shared/domain/incoming-email/model.ts';
import type { MailFilter } from '../../shared/domain/mail-filter/model.ts';
import type { Mailbox } from '../../shared/domain/mailbox/model.ts';
import { mailSettingsId, type MailSettings } from '../../shared/domain/mail-settings/model.ts';
import type { OutgoingEmail } from '../../shared/domain/outgoing-email/model.ts';
import type { Rule } from '../../shared/domain/rule/model.ts';
import type { Task } from '../../shared/domain/task/model.ts';
import type { User } from '../../shared/domain/user/model.ts';
import { userSettingId, type UserSetting } from '../../shared/domain/user-setting/model.ts';
import type { WorkCalendar } from '../../shared/domain/work-calendar/model.ts';

/**
 * Builders of documents for tests: `aClient({ inn: '…' })` is a whole valid document with that field. Each is parsed by its
 * schema, so a builder that fell behind the model fails at once. Ids are fixed: give your own where a test needs two.
 */
const at = '2026-11-24T06:14:00.000Z';

function built<K extends DocumentName>(type: K, fields: DocumentMap[K]): DocumentMap[K] {
  return documentTypes[type].schema.parse(fields);
}

export function anAttachment(given: Partial<Attachment> = {}): Attachment {
  return { id: 'at1', fileId: 'a'.repeat(64), name: 'Договор.pdf', size: 24_734, mediaType: 'application/pdf', contentId: null, inline: false, ...given };
}

export function anIncomingEmail(given: Partial<IncomingEmail> = {}): IncomingEmail {
  return built('incomingEmail', {
    id: 'em-1', mailbox: 'clients', receivedAt: at, sentAt: at, messageId: 'one@pochta-mo.ru', inReplyTo: null, references: [], from: { name: 'Соколова Марина', address: 'm.sokolova@pochta-mo.ru' },
    replyTo: [], returnPath: 'm.sokolova@pochta-mo.ru', to: [{ name: '', address: 'client@moesk.ru' }], cc: [], subject: 'Сроки по договору ТП', text: 'Здравствуйте!', htmlFileId: null, rawFileId: 'b'.repeat(64),
    attachments: [], problems: [], automation: 'person', state: 'new', holderId: null, takenAt: null, eventId: 'event-1', conversationId: 'conversation-1', continuationOf: null, fromWhom: null, classification: null,
    clientId: null, kindId: null, categoryId: null, subtopicId: null, topicId: null, signatory: '', meetingTime: '', number: null, numberedAt: null, appealId: null, awaitsAsud: false, applicationIds: [], suppressedReplies: [],
    ...given,
  });
}

export function anOutgoingEmail(given: Partial<OutgoingEmail> = {}): OutgoingEmail {
  return built('outgoingEmail', {
    id: 'out-1', kind: 'new', state: 'draft', messageId: 'out-1@moesk.ru', inReplyTo: null, references: [], to: [{ name: '', address: 'm.sokolova@pochta-mo.ru' }], cc: [], subject: 'Ответ', text: 'Здравствуйте!', attachments: [],
    incomingEmailId: null, classification: null, conversationId: null, clientId: null, appealId: null, eventId: null, authorId: 'user-belova', createdAt: at, queuedAt: null, sentAt: null, effectId: null, attempts: 0, serverAnswer: '', rawFileId: null,
    ...given,
  });
}

export function aClient(given: Partial<Client> = {}): Client {
  return built('client', {
    id: 'client-1', kind: 'person', lastName: 'Соколова', firstName: 'Марина', middleName: 'Игоревна', name: 'Соколова Марина Игоревна', fullName: 'Соколова Марина Игоревна',
    phones: [{ id: 'p1', kind: 'Мобильный', typed: '+7 916 204-18-55', e164: '+79162041855', comment: '', main: true }], emails: [{ id: 'e1', address: 'm.sokolova@pochta-mo.ru', comment: '', main: true }],
    addresses: [{ id: 'a1', kind: 'Адрес регистрации', text: '141000, Московская обл., г. о. Мытищи, д. Беляниново, ул. Центральная, д. 14', comment: '', main: true }], contactPersons: [],
    inn: '', kpp: '', okpo: '', ogrn: '', gender: 'female', birthDate: '1974-03-14', intermediaryId: null, managerId: null, contractId: null, businessRegionId: null, branchIds: ['branch-north'], registeredAt: at, aliasOf: null,
    ...given,
  });
}

export function anApplication(given: Partial<Application> = {}): Application {
  return built('application', {
    id: 'application-1', number: 'И-26-00-418233/102', receivedAt: '2026-06-03T08:00:00.000Z', clientId: 'client-1', applicantName: 'Соколова Марина Игоревна', applicantInn: '', applicantPhone: '+7 916 204-18-55', applicantEmail: '',
    objectName: 'Жилой дом', address: 'Московская обл., г. о. Мытищи, д. Беляниново, ул. Центральная, д. 14', regionId: 'region-moscow-oblast', branchId: 'branch-north', gridDistrictId: 'district-mytishchi',
    cadastralNumber: '50:12:0060114:327', powerKw: 15, stage: 'works', stageSince: '2026-06-20T08:00:00.000Z', dueAt: '2026-12-10T08:00:00.000Z',
    ...given,
  });
}

export function anAppeal(given: Partial<Appeal> = {}): Appeal {
  return built('appeal', {
    id: 'appeal-1', state: 'awaitsRegistration', number: null, barcode: null, createdAt: at, createdBy: 'user-belova', registeredAt: null, incomingEmailId: 'em-1', eventId: 'event-1', clientId: 'client-1', kindId: 'kind-101',
    categoryId: 'category-2', topicId: 'topic-1', subtopicId: 'subtopic-108', registrationPlace: 'email', deliveryPlace: 'email', internetCardNumber: 'КП-26-00000001', intakeChannel: 'other', content: 'Прошу сообщить срок.', attachments: [],
    phone: '+7 916 204-18-55', email: 'm.sokolova@pochta-mo.ru', applicationIds: [], dataFromApplicationId: null, objectName: '', address: '', regionId: null, gridDistrictId: null, branchId: 'branch-north', responsibleId: 'employee-safina',
    hasIntermediary: false, intermediaryId: null, authorityNumber: '', authorityFrom: '', authorityTo: '', dueAt: '2026-12-24T06:14:00.000Z', ruleId: 'rule-T-WRITTEN-1', forwardedToAsud: false, effectId: null, registrationProblem: '',
    ...given,
  });
}

export function aTask(given: Partial<Task> = {}): Task {
  return built('task', {
    id: 'task-1', kind: 'incomingEmail', documentType: 'incomingEmail', documentId: 'em-1', roles: ['mailSupervisor'], assigneeId: null, offeredTo: null, holderId: null, takenAt: null, createdAt: at, dueAt: '2026-11-24T09:14:00.000Z',
    ruleId: 'rule-T-MAIL-1', state: 'open', endedAt: null, fromName: 'Соколова Марина', subject: 'Сроки по договору ТП',
    ...given,
  });
}

export function aContactEvent(given: Partial<ContactEvent> = {}): ContactEvent {
  return built('contactEvent', {
    id: 'event-1', number: null, channel: 'incomingEmail', occurredAt: at, clientId: null, documentType: 'incomingEmail', documentId: 'em-1', subject: 'Сроки по договору ТП', applicationIds: [], appealId: null, outcome: null, outcomeDetails: '',
    comment: '', finishedAt: null, finishedBy: null,
    ...given,
  });
}

export function aUser(given: Partial<User> = {}): User {
  return built('user', { id: 'user-belova', login: 'belova', lastName: 'Белова', firstName: 'Ирина', middleName: 'Сергеевна', employeeId: 'employee-belova', roles: ['mailSupervisor'], branchIds: ['branch-north'], active: true, ...given });
}

export function aUserSetting(given: Partial<UserSetting> = {}): UserSetting {
  return built('userSetting', { id: userSettingId('user-belova', 'list.clients'), userId: 'user-belova', key: 'list.clients', value: { sort: null }, writtenAt: at, ...given });
}

export function aMailFilter(given: Partial<MailFilter> = {}): MailFilter {
  return built('mailFilter', { id: 'filter-1', address: 'sale@kabel-optom.biz', reason: 'Реклама', addedBy: 'user-belova', addedAt: at, incomingEmailId: null, ...given });
}

export function aMailbox(given: Partial<Mailbox> = {}): Mailbox {
  return built('mailbox', {
    id: 'mailbox-1', address: 'office@moesk.ru', purpose: 'clients', active: true, login: 'office', auth: 'password', tokenUrl: '', clientId: '', tokenScope: '', authority: '',
    receives: true, imapHost: 'imap.moesk.ru', imapPort: 993, imapSecurity: 'tls', folders: ['INBOX'], afterTaking: 'seen', moveTo: '', takeFrom: '', sending: 'relay', smtpHost: '', smtpPort: 587, smtpSecurity: 'starttls', perMinute: 0, perDay: 0,
    ...given,
  });
}

export function aMailSettings(given: Partial<MailSettings> = {}): MailSettings {
  return built('mailSettings', { id: mailSettingsId, clientsMailbox: 'client@moesk.ru', requestsMailbox: 'zapros@moesk.ru', otherMailboxes: [], ...given });
}

export function anAddressLink(given: Partial<AddressLink> = {}): AddressLink {
  return built('addressLink', { id: 'link-1', address: 'm.sokolova@pochta-mo.ru', clientId: 'client-1', linkedBy: 'user-belova', linkedAt: at, ...given });
}

export function aRule(given: Partial<Rule> = {}): Rule {
  return built('rule', { id: 'rule-T-MAIL-1', ruleId: 'T-MAIL', name: 'Обработка входящего письма', clause: 'Решение компании', value: 3, unit: 'hours', calendar: 'roundTheClock', warnAt: 0.75, validFrom: '2019-12-31T21:00:00.000Z', confirmed: false, ...given });
}

export function anAutoReply(given: Partial<AutoReply> = {}): AutoReply {
  return built('autoReply', { id: 'auto-reply-number', kind: 'number', subject: 'Письмо № {номер}', text: 'Ваше письмо зарегистрировано под номером {номер}.', ...given });
}

export function anEmployee(given: Partial<Employee> = {}): Employee {
  return built('employee', { id: 'employee-safina', lastName: 'Сафина', firstName: 'Гульнара', middleName: 'Ринатовна', position: 'Ведущий специалист', email: 'safina.gr@moesk.ru', branchId: 'branch-north', ...given });
}

export function aBranch(given: Partial<Branch> = {}): Branch {
  return built('branch', { id: 'branch-north', code: '02', name: 'Северные электрические сети', ...given });
}

export function aRegion(given: Partial<Region> = {}): Region {
  return built('region', { id: 'region-moscow-oblast', code: '50', name: 'Московская область', ...given });
}

export function aBusinessRegion(given: Partial<BusinessRegion> = {}): BusinessRegion {
  return built('businessRegion', { id: 'business-region-north', code: '02', name: 'Северные электрические сети', ...given });
}

export function aGridDistrict(given: Partial<GridDistrict> = {}): GridDistrict {
  return built('gridDistrict', { id: 'district-mytishchi', code: '015', name: 'Мытищинский РЭС', branchId: 'branch-north', regionId: 'region-moscow-oblast', ...given });
}

export function anOffice(given: Partial<Office> = {}): Office {
  return built('office', { id: 'office-mytishchi', code: '06', name: 'ЦОК «Мытищи»', branchId: 'branch-north', category: 2, ...given });
}

export function anAppealKind(given: Partial<AppealKind> = {}): AppealKind {
  return built('appealKind', { id: 'kind-101', code: '101', name: 'Запрос информации', isComplaint: false, answerRuleId: 'T-WRITTEN', ...given });
}

export function anAppealCategory(given: Partial<AppealCategory> = {}): AppealCategory {
  return built('appealCategory', { id: 'category-2', code: 'К2', name: 'Технологическое присоединение', row7: '1.2', ...given });
}

export function aTopic(given: Partial<Topic> = {}): Topic {
  return built('topic', { id: 'topic-1', code: '1', name: 'Технологическое присоединение', annex4Row: '1.1', ...given });
}

export function aSubtopic(given: Partial<Subtopic> = {}): Subtopic {
  return built('subtopic', { id: 'subtopic-108', code: '108', name: 'Сроки нарушены', topicId: 'topic-1', categoryId: 'category-2', ...given });
}

export function aContract(given: Partial<Contract> = {}): Contract {
  return built('contract', { id: 'contract-1', number: '1184-У', date: '2019-02-14', clientId: 'client-1', ...given });
}

export function aWorkCalendar(given: Partial<WorkCalendar> = {}): WorkCalendar {
  return built('workCalendar', { id: 'work-calendar-2026', year: 2026, daysOff: ['2026-11-04', '2026-12-31'], workDays: [], confirmed: true, ...given });
}

/** One valid document of each type: for tests that go through the whole registry. */
export const examples: { readonly [K in DocumentName]: () => DocumentMap[K] } = {
  addressLink: anAddressLink, appeal: anAppeal, appealCategory: anAppealCategory, appealKind: anAppealKind, application: anApplication, autoReply: anAutoReply, branch: aBranch, businessRegion: aBusinessRegion, client: aClient,
  contactEvent: aContactEvent, contract: aContract, employee: anEmployee, gridDistrict: aGridDistrict, incomingEmail: anIncomingEmail, mailFilter: aMailFilter, mailSettings: aMailSettings, mailbox: aMailbox, office: anOffice, outgoingEmail: anOutgoingEmail, region: aRegion,
  rule: aRule, subtopic: aSubtopic, task: aTask, topic: aTopic, user: aUser, userSetting: aUserSetting, workCalendar: aWorkCalendar,
};
