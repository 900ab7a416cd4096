import type { Author, Command, Decision } from '../../shared/base/rule-book.ts';
import type { ErrorCode } from '../../shared/base/errors.ts';
import type { Role } from '../../shared/base/roles.ts';
import { systemAuthor } from '../../shared/base/scope.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import type { DocumentMap, DocumentName } from '../../shared/domain/documents.ts';
import type { IncomingEmail } from '../../shared/domain/incoming-email/model.ts';
import { receivedEmailSchema, type ReceivedEmail } from '../../shared/domain/incoming-email/received-model.ts';
import type { Task } from '../../shared/domain/task/model.ts';
import { aBranch, aMailSettings, anAppealCategory, anAppealKind, anAutoReply, anEmployee, anIncomingEmail, aRule, aSubtopic, aTopic, aUser } from './builders.ts';
import { contextOf, MemoryStore, runInMemory } from './memory-store.ts';

export const start = '2026-11-24T06:14:00.000Z';

const author = (userId: string, name: string, roles: readonly Role[]): Author => ({ userId, name, roles, branchIds: ['branch-north'] });
export const belova = author('user-belova', 'Белова И. С.', ['mailSupervisor']);
export const kotov = author('user-kotov', 'Котов П. А.', ['mailSupervisor']);
export const senior = author('user-senior', 'Старостина О. В.', ['supervisor']);
export const operator = author('user-operator', 'Олейник А. А.', ['operator']);
export const administrator = author('user-admin', 'Админов А. А.', ['administrator']);

/** A small company on a map store, and a clock that the test moves: `world.run('incomingEmail.take', { id })`. */
export class World {
  readonly store = new MemoryStore();
  now = start;
  #commands = 0;

  constructor() {
    const documents: { readonly [K in DocumentName]?: readonly DocumentMap[K][] } = {
      appealCategory: [anAppealCategory(), anAppealCategory({ id: 'category-1', code: 'К1' })],
      appealKind: [anAppealKind()],
      autoReply: [
        anAutoReply(),
        anAutoReply({ id: 'auto-reply-appeal', kind: 'appeal', subject: 'Обращение № {номер обращения}', text: 'Номер {номер обращения}, ШК {ШК}, письмо {номер}.' }),
        anAutoReply({ id: 'auto-reply-spam', kind: 'spam', subject: 'Ваше письмо «{тема}»', text: 'Письмо от {дата} принято за спам.' }),
      ],
      branch: [aBranch()],
      employee: [anEmployee()],
      mailSettings: [aMailSettings()],
      rule: [aRule(), aRule({ id: 'rule-T-WRITTEN-1', ruleId: 'T-WRITTEN', value: 30, unit: 'days', calendar: 'calendarDays' })],
      subtopic: [aSubtopic()],
      topic: [aTopic()],
      user: [
        aUser({ employeeId: null }),
        aUser({ id: 'user-kotov', login: 'kotov', lastName: 'Котов', firstName: 'Пётр', middleName: 'Андреевич', employeeId: null }),
        aUser({ id: 'user-senior', login: 'senior', lastName: 'Старостина', firstName: 'Ольга', middleName: 'Викторовна', employeeId: null, roles: ['supervisor'] }),
        aUser({ id: 'user-admin', login: 'admin', lastName: 'Админов', firstName: 'Алексей', middleName: 'Алексеевич', employeeId: null, roles: ['administrator'] }),
      ],
    };
    for (const [type, list] of Object.entries(documents)) for (const document of list) this.store.put(type, document);
  }

  put<K extends DocumentName>(type: K, document: DocumentMap[K]): DocumentMap[K] {
    this.store.put(type, document);
    return document;
  }

  later(ms: number): this {
    this.now = new Date(Date.parse(this.now) + ms).toISOString();
    return this;
  }

  run(name: string, input: unknown, by: Author = belova): Decision {
    this.#commands += 1;
    return runInMemory(this.store, theCommand(name), input, contextOf(by, this.now, `command-${String(this.#commands)}`));
  }

  /** Runs a command that has to be accepted. */
  do(name: string, input: unknown, by: Author = belova): Decision & { ok: true } {
    const decision = this.run(name, input, by);
    if (!decision.ok) throw new Error(`${name}: ${JSON.stringify(decision.refusal)}`);
    return decision;
  }

  /** The code of a refusal, or 'accepted'. */
  outcome(name: string, input: unknown, by: Author = belova): ErrorCode | 'accepted' {
    const decision = this.run(name, input, by);
    return decision.ok ? 'accepted' : decision.refusal.code;
  }

  receive(given: Partial<ReceivedEmail> = {}, deliveryReports: unknown = []): IncomingEmail {
    const email = receivedEmailSchema.parse(anIncomingEmail({ receivedAt: this.now, messageId: `${given.id ?? 'em-1'}@pochta-mo.ru`, ...given }));
    this.do('incomingEmail.receive', { email, deliveryReports }, systemAuthor);
    return this.email(email.id);
  }

  email(id = 'em-1'): IncomingEmail {
    return this.store.the('incomingEmail', id);
  }

  event(id = 'em-1') {
    return this.store.the('contactEvent', this.email(id).eventId);
  }

  /** Tasks about a document, oldest first. */
  tasks(documentId = 'em-1'): readonly Task[] {
    return this.store.all('task').filter((task) => task.documentId === documentId);
  }

  /** «Сохранить» with these fields. */
  fill(fields: Partial<IncomingEmail>, id = 'em-1', by: Author = belova): Decision {
    const email = this.email(id);
    return this.run('incomingEmail.save', { id, edits: Object.entries(fields).map(([path, after]) => ({ path, before: email[path as keyof IncomingEmail] ?? null, after })) }, by); // the names of its fields
  }

  /** A letter in work, filled as «Письмо (текстовое)» or another class of a consumer, numbered. */
  numbered(classification: 'text' | 'official' = 'text'): IncomingEmail {
    if (this.store.get('client', 'client-1') === undefined) throw new Error('Put a client first');
    this.receive();
    this.do('incomingEmail.take', { id: 'em-1' });
    this.fill({ fromWhom: 'consumer', classification, kindId: 'kind-101', categoryId: 'category-2', subtopicId: 'subtopic-108' });
    if (this.email().clientId === null) this.do('incomingEmail.chooseClient', { id: 'em-1', clientId: 'client-1', link: 'this' });
    this.do('incomingEmail.assignNumber', { id: 'em-1' });
    return this.email();
  }
}

export function theCommand(name: string): Command {
  const command = commandByName(name);
  if (command === undefined) throw new Error(`No command ${name}`);
  return command;
}
