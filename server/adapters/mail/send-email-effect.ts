import type { Readable } from 'node:stream';
import { effectPayloads } from '../../../shared/domain/effects.ts';
import { incomingEmailSchema } from '../../../shared/domain/incoming-email/model.ts';
import { mailboxSchema } from '../../../shared/domain/mailbox/model.ts';
import { outgoingEmailSchema, type OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import { commandIdFor } from '../../commands/system-runner.ts';
import type { EffectHandler, EffectResult, RunningEffect } from '../../jobs/effects.ts';
import type { CentreTools } from '../adapter.ts';
import { buildMessage, envelopeSender, MissingAttachment } from './build-message.ts';
import type { Outlet } from './outlet.ts';
import type { RecipientResult, RecipientResults } from './recipient-results.ts';
import { WaitingLine, type RelayLimits } from './relay-limits.ts';
import type { RelayRest } from './relay-rest.ts';
import { submit, type Submission } from './submit.ts';

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
  const { data: letter } = incomingEmailSchema.safeParse(incoming);
  if (letter === undefined) return tools.config.mailboxClients;
  const [known] = letter.mailboxId ? await tools.read([{ kind: 'get', type: 'mailbox', id: letter.mailboxId }]) : [];
  const mailbox = mailboxSchema.safeParse(known).data;
  return mailbox?.address ?? (letter.mailbox === 'requests' ? tools.config.mailboxRequests : tools.config.mailboxClients);
}

/** The .eml of the letter: made once, then the same file at every attempt. */
async function rawFileOf(email: OutgoingEmail, from: string, tools: CentreTools): Promise<string> {
  if (email.rawFileId !== null && (await tools.files.has(email.rawFileId))) return email.rawFileId;
  return (await tools.files.put(await buildMessage(email, from, tools.files), { limit: Number.MAX_SAFE_INTEGER })).sha;
}

interface Outcome {
  readonly result: Submission['result'];
  readonly answer: string;
  /** Whom the relay finally refused of a letter that left for others. */
  readonly refused?: readonly string[];
}

async function conclude(effect: RunningEffect, email: OutgoingEmail, { result, answer, refused = [] }: Outcome, rawFileId: string | null, tools: CentreTools): Promise<EffectResult> {
  const outcome = outcomes[result];
  await tools.runSystem(
    'outgoingEmail.recordResult',
    { id: email.id, result: outcome.document, serverAnswer: answer, rawFileId, attempts: effect.attempts },
    { commandId: commandIdFor(`outgoingEmail.recordResult:${effect.id}:${effect.attempts}:${outcome.document}`) },
  );
  if (refused.length > 0) {
    // The letter left for the others and is not sent twice: a person is told whom it did not reach.
    const reason = `Сервер не принял адреса: ${refused.join(', ')}`;
    await tools.runSystem('outgoingEmail.recordBounce', { id: email.id, incomingEmailId: null, reason }, { commandId: commandIdFor(`outgoingEmail.recordBounce:${effect.id}`) });
  }
  return { result: outcome.effect, detail: answer };
}

interface Prepared {
  readonly rawFileId: string;
  readonly size: number;
  readonly content: Readable;
}

async function prepare(email: OutgoingEmail, from: string, tools: CentreTools): Promise<Prepared> {
  const rawFileId = await rawFileOf(email, from, tools);
  const content = await tools.files.stream(rawFileId);
  const size = await tools.files.size(rawFileId);
  if (content === null || size === null) throw new Error('Файл письма не найден в хранилище');
  return { rawFileId, size, content };
}

/** What the letter has come to, given what is known of each recipient now; null: some of them may be tried again. */
function wholeOutcome(submission: Submission, results: readonly RecipientResult[], recipients: readonly string[]): Outcome | null {
  const known = new Map(results.map((one) => [one.address, one]));
  if (recipients.some((address) => !known.has(address))) return null;
  const refused = recipients.flatMap((address) => known.get(address)?.taken === false ? [address] : []);
  return refused.length === recipients.length ? { result: 'refused', answer: submission.answer } : { result: 'sent', answer: submission.answer, refused };
}

/** What one submission says of each of its recipients; those to be tried again are left out. */
function resultsOf({ result, answer, rejected = [] }: Submission, asked: readonly string[]): readonly RecipientResult[] {
  if (result === 'unknown') return [];
  const refused = rejected.filter(({ final }) => final).map((one) => ({ address: one.address, taken: false, answer: one.answer }));
  if (result === 'sent') return [...asked.filter((address) => !rejected.some((one) => one.address === address)).map((address) => ({ address, taken: true, answer })), ...refused];
  return result === 'refused' ? asked.map((address) => ({ address, taken: false, answer })) : refused;
}

export interface SendingDependencies {
  /** By which way a letter from this address leaves; null: not ready yet. Asked at each run: the embedded store has a port only when it listens. */
  readonly outletFor: (from: string, tools: CentreTools) => Promise<Outlet | null>;
  readonly recipients: RecipientResults;
  readonly limits: RelayLimits;
  readonly rest: RelayRest;
}

/** Hands the letter to the outlet, for those recipients of whom nothing is known yet. */
async function handOver(effect: RunningEffect, email: OutgoingEmail, from: string, outlet: Outlet, tools: CentreTools, { recipients, rest }: SendingDependencies): Promise<EffectResult> {
  let prepared: Prepared;
  try {
    prepared = await prepare(email, from, tools);
  } catch (error) {
    // Nothing has left the house yet.
    if (error instanceof MissingAttachment) return conclude(effect, email, { result: 'refused', answer: error.message }, null, tools);
    tools.log.error({ err: error, outgoingEmailId: email.id }, 'a letter could not be prepared for sending');
    return { result: 'retry', detail: 'Письмо не удалось подготовить к отправке: программа повторит сама' };
  }
  const { rawFileId, size, content } = prepared;
  const everyone = [...new Set([...email.to, ...email.cc].map(({ address }) => address))];
  const known = await recipients.read(email.id);
  const asked = everyone.filter((address) => !known.some((one) => one.address === address));
  const submission: Submission = asked.length === 0 ? { result: 'sent', answer: known.find(({ taken }) => taken)?.answer ?? '', relayDown: false } : await submit(outlet.relay, { from: envelopeSender(email, from), to: asked, size, content });
  followRelay(outlet, submission, rest, tools);
  const results = [...known, ...resultsOf(submission, asked)];
  const outcome = wholeOutcome(submission, results, everyone);
  if (outcome === null) {
    // Known before anything else happens: whoever has the letter never gets it again.
    if (results.length > known.length) await recipients.add(email.id, results);
    const waits = submission.rejected?.find(({ final }) => !final);
    const answer = submission.result === 'sent' && waits !== undefined ? `Пока не принято для ${waits.address}: ${waits.answer}` : submission.answer;
    return conclude(effect, email, { result: submission.result === 'unknown' ? 'unknown' : 'later', answer }, rawFileId, tools);
  }
  const concluded = await conclude(effect, email, outcome, rawFileId, tools);
  if (known.length > 0) await recipients.forget(email.id, outcome.result !== 'sent');
  return concluded;
}

/** Tells the status line how the relay stands; when it is back, what waits for it goes now. */
function followRelay({ system, title }: Outlet, { relayDown, answer }: Submission, rest: RelayRest, tools: CentreTools): void {
  tools.externalSystems.report(system, { title, works: !relayDown, detail: relayDown ? answer : '' });
  if (relayDown) rest.failed(system, Date.parse(tools.clock.now()), answer);
  else if (rest.works(system)) tools.retryEffects(mailSystem.system);
}

/** How long the letter has to wait before the relay may be asked, and why; null: it may be. */
async function waitsFor(outlet: Outlet, tools: CentreTools, { limits, rest }: SendingDependencies, line: WaitingLine): Promise<{ readonly ms: number; readonly detail: string } | null> {
  const now = tools.clock.now();
  const resting = rest.wait(outlet.system, Date.parse(now), outlet.relay.timeoutMs * 2);
  if (resting !== null) return { ms: resting.ms, detail: resting.answer };
  const wait = await limits.take(outlet.system, outlet, now);
  return wait === 0 ? null : { ms: line.place(outlet.system, wait, outlet, Date.parse(now)), detail: 'Ждёт очереди: у сервера исходящей почты есть предел' };
}

/** Carries out `sendEmail`. */
export function sendEmailHandler(dependencies: SendingDependencies): EffectHandler {
  const line = new WaitingLine();

  const send = async (effect: RunningEffect, tools: CentreTools): Promise<EffectResult> => {
    const email = await readEmail(effect, tools);
    if (email === null) return { result: 'failed', detail: 'Исходящее письмо не найдено' };
    if (email.state === 'sent') return { result: 'done', detail: email.serverAnswer };
    if (email.state === 'cancelled' || email.state === 'draft') return { result: 'failed', detail: 'Отправка отменена' };
    let from: string;
    let outlet: Outlet | null;
    try {
      from = await senderOf(email, tools);
      outlet = await dependencies.outletFor(from, tools);
      if (outlet === null) return { result: 'retry', detail: 'Отправка писем ещё не готова' };
      const waits = await waitsFor(outlet, tools, dependencies, line);
      if (waits !== null) return { result: 'retry', detail: waits.detail, retryAfterMs: waits.ms };
    } catch (error) {
      // Nothing has left the house yet.
      tools.log.error({ err: error, outgoingEmailId: email.id }, 'no way out for a letter');
      return { result: 'retry', detail: error instanceof Error ? error.message : String(error) };
    }
    return handOver(effect, email, from, outlet, tools, dependencies);
  };

  /**
   * The centre died while the letter was on its way. The embedded store is asked whether it has it; a foreign relay cannot be
   * asked, so a person decides (asks.md 15).
   */
  const recover = async (effect: RunningEffect, tools: CentreTools): Promise<EffectResult> => {
    const email = await readEmail(effect, tools);
    if (email === null) return { result: 'failed', detail: 'Исходящее письмо не найдено' };
    if (email.state === 'sent') return { result: 'done', detail: email.serverAnswer };
    const outlet = await dependencies.outletFor(await senderOf(email, tools), tools);
    const isEmbedded = outlet === null || outlet.isEmbedded; // only the embedded store may be not ready
    if (isEmbedded && !(await tools.sentMail.has(email.messageId))) return send(effect, tools);
    const outcome: Outcome = isEmbedded
      ? { result: 'sent', answer: 'Письмо найдено в исходящей почте' }
      : { result: 'unknown', answer: 'Центр остановился во время отправки: ушло ли письмо, неизвестно' };
    return conclude(effect, email, outcome, email.rawFileId, tools);
  };

  return { kind: 'sendEmail', system: mailSystem.system, run: send, recover, onThrow: 'unknown' };
}
