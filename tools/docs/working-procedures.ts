/** What to look at for a procedure that works: the screen it happens on, its commands, the end-to-end test that proves it. */
export interface WorkingProcedure {
  readonly screen: string;
  readonly commands: readonly string[];
  /** File in tests/e2e; a test in it has a title that begins with the procedure's number. */
  readonly test: string;
}

/**
 * Procedures that work, by number. A number that is not here is «not yet» in docs/procedures.md. After adding one:
 * `node tools/docs/write-docs.ts`. tests/docs/procedures.test.ts refuses a number whose test is missing.
 */
export const workingProcedures: Readonly<Record<string, WorkingProcedure>> = {
  '1.4.1': { screen: 'Мои задачи', commands: ['incomingEmail.receive', 'incomingEmail.take'], test: '1.4.1-intake.spec.ts' },
  '1.4.2': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.markSpam', 'incomingEmail.unmarkSpam', 'mailFilter.add', 'mailFilter.remove'], test: '1.4.2-spam.spec.ts' },
  '1.5.1': { screen: 'Исходящее электронное письмо', commands: ['outgoingEmail.save', 'outgoingEmail.send'], test: '1.5.1-outgoing.spec.ts' },
  '2.6.1': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.take'], test: '2.6.1-classification.spec.ts' },
  '2.6.2': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.save'], test: '2.6.2-not-consumer.spec.ts' },
  '2.6.3': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.save'], test: '2.6.3-consumer.spec.ts' },
  '2.6.4': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.chooseClient'], test: '2.6.4-client.spec.ts' },
  '2.6.5': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.chooseClient'], test: '2.6.5-history.spec.ts' },
  '2.6.6': { screen: 'Клиент', commands: ['client.create', 'incomingEmail.chooseClient'], test: '2.6.6-new-client.spec.ts' },
  '2.6.7': { screen: 'Единое окно', commands: ['client.save', 'incomingEmail.save', 'incomingEmail.chooseClient'], test: '2.6.7-application.spec.ts' },
  '2.7.1': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.save', 'outgoingEmail.send'], test: '2.7.1-faxogram.spec.ts' },
  '2.7.2': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.save', 'outgoingEmail.send'], test: '2.7.2-protocol.spec.ts' },
  '2.7.3': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.save', 'outgoingEmail.send'], test: '2.7.3-faxogram-protocol.spec.ts' },
  '2.7.4': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.save', 'outgoingEmail.send'], test: '2.7.4-official.spec.ts' },
  '2.7.5': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.save', 'outgoingEmail.send'], test: '2.7.5-reconciliation.spec.ts' },
  '2.8.1': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.assignNumber', 'appeal.create'], test: '2.8.1-text.spec.ts' },
  '2.8.2': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.assignNumber', 'appeal.create', 'outgoingEmail.send'], test: '2.8.2-official.spec.ts' },
  '2.8.3': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.save', 'outgoingEmail.send'], test: '2.8.3-reconciliation.spec.ts' },
  '2.8.4': { screen: 'Входящее электронное письмо', commands: ['incomingEmail.save', 'outgoingEmail.send'], test: '2.8.4-subscription.spec.ts' },
  '2.10.1': { screen: 'Обращение', commands: ['appeal.create', 'appeal.recordRegistration'], test: '2.10.1-registration.spec.ts' },
  '3.6.1': { screen: 'Входящее электронное письмо', commands: ['outgoingEmail.send', 'incomingEmail.finish', 'contactEvent.comment'], test: '3.6.1-result.spec.ts' },
  '3.6.2': { screen: 'Входящее электронное письмо', commands: ['appeal.create'], test: '3.6.2-appeal.spec.ts' },
};
