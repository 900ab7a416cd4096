import type { Readable } from 'node:stream';
import { effectPayloads } from '../../../shared/domain/effects.ts';
import { incomingEmailSchema } from '../../../shared/domain/incoming-email/model.ts';
import { outgoingEmailSchema, type OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import { commandIdFor } from '../../commands/system-runner.ts';
import type { EffectHandler, EffectResult, RunningEffect } from '../../jobs/effects.ts';
import type { CentreTools } from '../adapter.ts';
import { buildMessage, envelopeSender, MissingAttachment } from './build-message.ts';
import { submit, type Relay, type Submission } from './submit.ts';

/** How the centre's mail shows in the status line. */
export const mailSystem = { system: 'mail', title: 'Почта' } as const;

type DocumentResult = 'sent' | 'failed' | 'unknown' | 'retrying';

const outcomes: Readonly<Record<Submission['result'], { readonly document: DocumentResult; readonly effect: EffectResult['result'] }>> = {
  sent: { document: 'sent', effect: 'done' },
  refused: { document: 'failed', effect: 'failed' },
  later: { document: 'retrying', effect: 'retry' },
  unknown: { document: 'unknown', effect: 'unknown' },
};

async function readEmail(effect: RunningEffect, tools: CentreTools): Promise<OutgoingEmail | null> {
  const { outgoingEmailId } = effectPayloads.sendEmail.parse(effect.payload);
  const [document] = await tools.read([{ kind: 'get', type: 'outgoingEmail', id: outgoingEmailId }]);
  return document ? outgoingEmailSchema.parse(document) : null;
}

/** The mailbox that was written to answers; what answers nothing leaves from the clients' mailbox. */
async function senderOf(email: OutgoingEmail, tools: CentreTools): Promise<string> {
  if (email.incomingEmailId === null || email.kind === 'forward') return tools.config.mailboxClients;
  const [incoming] = await tools.read([{ kind: 'get', type: 'incomingEmail', id: email.incomingEmailId }]);
  const parsed = incomingEmailSchema.safeParse(incoming);
  return parsed.success && parsed.data.mailbox === 'requests' ? tools.config.mailboxRequests : tools.config.mailboxClients;
}

/** The .eml of the letter: made once, then the same file at every attempt. */
async function rawFileOf(email: OutgoingEmail, from: string, tools: CentreTools): Promise<string> {
  if (email.rawFileId !== null && (await tools.files.has(email.rawFileId))) return email.rawFileId;
  return (await tools.files.put(await buildMessage(email, from, tools.files), { limit: Number.MAX_SAFE_INTEGER })).sha;
}

async function conclude(effect: RunningEffect, email: OutgoingEmail, submission: Submission, rawFileId: string | null, tools: CentreTools): Promise<EffectResult> {
  const outcome = outcomes[submission.result];
  tools.externalSystems.report(mailSystem.system, { title: mailSystem.title, works: !submission.relayDown, detail: submission.relayDown ? submission.answer : '' });
  await tools.runSystem(
    'outgoingEmail.recordResult',
    { id: email.id, result: outcome.document, serverAnswer: submission.answer, rawFileId, attempts: effect.attempts },
    { commandId: commandIdFor(`outgoingEmail.recordResult:${effect.id}:${effect.attempts}:${outcome.document}`) },
  );
  const rejected = submission.rejected ?? [];
  if (rejected.length > 0) {
    // The letter left for the others and is not sent twice: a person is told whom it did not reach.
    const reason = `Сервер не принял адреса: ${rejected.join(', ')}`;
    await tools.runSystem('outgoingEmail.recordBounce', { id: email.id, incomingEmailId: null, reason }, { commandId: commandIdFor(`outgoingEmail.recordBounce:${effect.id}`) });
  }
  return { result: outcome.effect, detail: submission.answer };
}

interface Prepared {
  readonly from: string;
  readonly rawFileId: string;
  readonly size: number;
  readonly content: Readable;
}

async function prepare(email: OutgoingEmail, tools: CentreTools): Promise<Prepared> {
  const from = await senderOf(email, tools);
  const rawFileId = await rawFileOf(email, from, tools);
  const content = await tools.files.stream(rawFileId);
  const size = await tools.files.size(rawFileId);
  if (content === null || size === null) throw new Error('Файл письма не найден в хранилище');
  return { from, rawFileId, size, content };
}

async function send(effect: RunningEffect, relay: Relay | null, tools: CentreTools): Promise<EffectResult> {
  const email = await readEmail(effect, tools);
  if (email === null) return { result: 'failed', detail: 'Исходящее письмо не найдено' };
  if (email.state === 'sent') return { result: 'done', detail: email.serverAnswer };
  if (email.state === 'cancelled' || email.state === 'draft') return { result: 'failed', detail: 'Отправка отменена' };
  if (relay === null) return { result: 'retry', detail: 'Отправка писем ещё не готова' };
  let prepared: Prepared;
  try {
    prepared = await prepare(email, tools);
  } catch (error) {
    // Nothing has left the house yet.
    if (error instanceof MissingAttachment) return conclude(effect, email, { result: 'refused', answer: error.message, relayDown: false }, null, tools);
    tools.log.error({ err: error, outgoingEmailId: email.id }, 'a letter could not be prepared for sending');
    return { result: 'retry', detail: 'Письмо не удалось подготовить к отправке: программа повторит сама' };
  }
  const { from, rawFileId, size, content } = prepared;
  const recipients = [...new Set([...email.to, ...email.cc].map(({ address }) => address))];
  const submission = await submit(relay, { from: envelopeSender(email, from), to: recipients, size, content });
  return conclude(effect, email, submission, rawFileId, tools);
}

/**
 * The centre died while the letter was on its way. The embedded store is asked whether it has it; a foreign relay cannot be
 * asked, so a person decides (asks.md 15).
 */
async function recover(effect: RunningEffect, relay: Relay | null, embedded: boolean, tools: CentreTools): Promise<EffectResult> {
  const email = await readEmail(effect, tools);
  if (email === null) return { result: 'failed', detail: 'Исходящее письмо не найдено' };
  if (email.state === 'sent') return { result: 'done', detail: email.serverAnswer };
  if (embedded && !(await tools.sentMail.has(email.messageId))) return send(effect, relay, tools);
  const submission: Submission = embedded
    ? { result: 'sent', answer: 'Письмо найдено в исходящей почте', relayDown: false }
    : { result: 'unknown', answer: 'Центр остановился во время отправки: ушло ли письмо, неизвестно', relayDown: false };
  return conclude(effect, email, submission, email.rawFileId, tools);
}

/** Carries out `sendEmail`. `relay` is asked at each run: the embedded one has a port only when it listens. */
export function sendEmailHandler(relay: () => Relay | null, embedded: boolean): EffectHandler {
  return {
    kind: 'sendEmail',
    system: mailSystem.system,
    run: (effect, tools) => send(effect, relay(), tools),
    recover: (effect, tools) => recover(effect, relay(), embedded, tools),
    onThrow: 'unknown',
  };
}
