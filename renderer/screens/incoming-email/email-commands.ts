import { describeRefusal, type Refusal } from '../../../shared/base/errors.ts';
import type { Role } from '../../../shared/base/roles.ts';
import { canAssignNumber, canCreateAppeal, canForward, classRowOf, isInWorkBy, missingFor, nextStep, notInWorkBy, type EmailField } from '../../../shared/domain/incoming-email/class-rules.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';

export interface Acting {
  readonly userId: string;
  readonly roles: readonly Role[];
}

/** A button of the bar: why it cannot be pressed, or which fields it goes to first. */
export interface Availability {
  readonly reason: string | undefined;
  readonly missing: readonly EmailField[];
}

export type BarCommand = 'take' | 'assignNumber' | 'createAppeal' | 'save' | 'forward' | 'reply' | 'spam';

const free: Availability = { reason: undefined, missing: [] };

function sentence(refusal: Refusal): string {
  const { text, advice } = describeRefusal(refusal);
  return `${text}. ${advice}`;
}

/** A refusal as the button says it. Empty fields do not grey a button: it goes to the first of them. */
function because(refusal: Refusal | null, missing: readonly EmailField[]): Availability {
  if (refusal === null) return free;
  return refusal.code === 'required' && missing.length > 0 ? { reason: undefined, missing } : { reason: sentence(refusal), missing: [] };
}

function worksHere({ roles }: Acting): boolean {
  return roles.includes('mailSupervisor') || roles.includes('supervisor');
}

/**
 * What can be pressed now on a letter as it stands in the form (`email` with what is typed), and why the rest cannot.
 * The rules are those of the class table; here they are only worded.
 */
export function barCommands(email: IncomingEmail, acting: Acting): Readonly<Record<BarCommand, Availability>> {
  if (!worksHere(acting)) {
    const denied: Availability = { reason: 'Письма обрабатывают супервайзеры: у вас этого права нет', missing: [] };
    return { take: denied, assignNumber: denied, createAppeal: denied, save: denied, forward: denied, reply: denied, spam: denied };
  }
  const blocked = notInWorkBy(email, acting.userId);
  const inWork = because(blocked, []);
  return {
    take: takeAvailability(email, acting),
    assignNumber: because(canAssignNumber(email, acting.userId), blocked === null && email.number === null ? missingFor('number', email) : []),
    createAppeal: because(canCreateAppeal(email, acting.userId), blocked === null ? missingFor('number', email) : []),
    save: inWork,
    forward: because(canForward(email, acting), blocked === null ? missingFor('forward', email) : []),
    reply: inWork,
    spam: spamAvailability(email, acting),
  };
}

function isFree({ state, holderId }: IncomingEmail): boolean {
  return holderId === null && (state === 'new' || state === 'numbered');
}

function takeAvailability(email: IncomingEmail, { userId }: Acting): Availability {
  if (isFree(email)) return free;
  if (isInWorkBy(email, userId)) return { reason: 'Письмо уже в работе у вас', missing: [] };
  return { reason: email.state === 'inWork' || email.state === 'numbered' ? 'Письмо в работе у другого сотрудника' : 'Работа с письмом завершена', missing: [] };
}

function spamAvailability(email: IncomingEmail, { userId }: Acting): Availability {
  if (isFree(email) || isInWorkBy(email, userId)) return free;
  return { reason: email.state === 'spam' ? 'Письмо уже в спаме' : takeAvailability(email, { userId, roles: [] }).reason, missing: [] };
}

/** The one blue button: the step that is due, even while fields that it needs are empty. Null when nothing is due. */
export function primaryCommand(email: IncomingEmail, acting: Acting): BarCommand | null {
  if (!worksHere(acting)) return null;
  const step = nextStep(email);
  if (step === 'none') return null;
  if (step === 'take') return 'take';
  if (step === 'forward' && canForward(email, acting) === null) return 'forward';
  if (!isInWorkBy(email, acting.userId)) return null;
  if (step === 'fromWhom' || step === 'classification') return 'save';
  if (step === 'assignNumber' || step === 'createAppeal' || step === 'forward') return step;
  return classRowOf(email)?.numbered === true ? (email.number === null ? 'assignNumber' : 'createAppeal') : 'forward';
}

/** Fields with a red line now: what the due step of the chosen class still needs. */
export function requiredFields(email: IncomingEmail, { userId }: Acting): readonly EmailField[] {
  if (!isInWorkBy(email, userId)) return [];
  const row = classRowOf(email);
  return row === null ? ['fromWhom', 'classification'] : row.numbered ? row.beforeNumber : row.beforeForward;
}
