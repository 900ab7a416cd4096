import { addressText, foldAddress } from '../../../shared/base/mail-address.ts';
import type { Invitation, LetterSignature, MailAddress } from '../../../shared/domain/incoming-email/model.ts';
import { formatDate } from '../../ui/format.ts';

export interface SignatureFacts {
  /** Who signed. */
  readonly signer: string;
  readonly verdict: { readonly tone: 'green' | 'red' | 'amber'; readonly text: string };
  readonly issuer: string;
  /** What to be wary of. */
  readonly doubts: readonly string[];
}

/** What the head of a letter says of a signature. `at` is when the letter came: a signature that tells no time of its own is judged by it. */
export function signatureFacts({ name, address, issuer, validFrom, validTo, signedAt, state, reason }: LetterSignature, from: string, at: string): SignatureFacts {
  const moment = signedAt ?? at;
  const isOutOfTime = (validFrom !== null && moment < validFrom) || (validTo !== null && moment > validTo);
  return {
    signer: [name || 'имя не указано', address].filter((part) => part !== '').join(', '),
    verdict: state === 'intact' ? { tone: 'green', text: 'После подписи письмо не изменено' } : { tone: state === 'altered' ? 'red' : 'amber', text: reason },
    issuer: [issuer === '' ? '' : `Издатель: ${issuer}`, validTo === null ? '' : `до ${formatDate(validTo)}`, 'доверие к нему не проверяется'].filter((part) => part !== '').join(', '),
    doubts: [
      ...(isOutOfTime ? ['В день подписи сертификат не действовал'] : []),
      ...(address !== '' && foldAddress(address) !== foldAddress(from) ? ['Адрес в подписи другой, чем у отправителя'] : []),
    ],
  };
}

const dayFormat = new Intl.DateTimeFormat('ru-RU', { timeZone: 'UTC', day: '2-digit', month: '2-digit', year: 'numeric' });
const weekdayFormat = new Intl.DateTimeFormat('ru-RU', { timeZone: 'UTC', weekday: 'long' });
const MOSCOW = 180;

const dayOf = (local: string): Date => new Date(`${local.slice(0, 10)}T00:00:00Z`);
const day = (local: string): string => dayFormat.format(dayOf(local));
const clock = (local: string): string => local.slice(11, 16);

/** From – to; the day is not said twice. */
function span(start: string, end: string | null, withWeekday: boolean): string {
  const weekday = withWeekday ? `, ${weekdayFormat.format(dayOf(start))}` : '';
  const from = clock(start) === '' ? `${day(start)}${weekday}` : `${day(start)}${weekday}, ${clock(start)}`;
  if (end === null || end <= start) return from;
  if (end.slice(0, 10) === start.slice(0, 10)) return `${from}–${clock(end)}`;
  return `${from} – ${clock(end) === '' ? day(end) : `${day(end)}, ${clock(end)}`}`;
}

const shifted = (local: string, minutes: number): string => new Date(Date.parse(`${local}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);

function zoneName(offset: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

/** When a meeting is: Moscow time, and beside it that of the place where it differs. */
export function meetingTime({ start, end, offset, endOffset, zone }: Pick<Invitation, 'start' | 'end' | 'offset' | 'endOffset' | 'zone'>): string {
  if (start === null) return 'не указано';
  if (start.length === 10) return `${span(start, end, true)}, весь день`;
  if (offset === null) return `${span(start, end, true)} (часовой пояс ${zone === '' ? 'не указан' : `«${zone}»`})`;
  const inMoscow = span(shifted(start, MOSCOW - offset), end === null ? null : shifted(end, MOSCOW - (endOffset ?? offset)), true);
  if (offset === MOSCOW || zone === 'UTC') return `${inMoscow} по Москве`;
  return `${inMoscow} по Москве; там ${span(start, end, false)} (${zoneName(offset)})`;
}

const titles: Readonly<Record<Invitation['kind'], string>> = { request: 'Приглашение на встречу', publish: 'Встреча', cancel: 'Встреча отменена', reply: 'Ответ на приглашение', counter: 'Предложено другое время встречи' };
const answers: Readonly<Record<NonNullable<Invitation['answer']>, string>> = { accepted: 'принято', declined: 'отклонено', tentative: 'под вопросом' };

export const invitationTitle = ({ kind, answer }: Invitation): string => (answer === null ? titles[kind] : `${titles[kind]}: ${answers[answer]}`);

/** The facts of a meeting by name; what it does not tell is left out, people come as they are. */
export function invitationRows(invitation: Invitation): readonly (readonly [name: string, value: string | readonly MailAddress[]])[] {
  const { summary, location, organiser, attendees, repeats } = invitation;
  return [
    ['Что', summary || 'без темы'],
    ['Когда', meetingTime(invitation)],
    ...(repeats === '' ? [] : [['Повторяется', repeats] as const]),
    ['Где', location || 'не указано'],
    ...(organiser === null ? [] : [['Организатор', addressText(organiser)] as const]),
    ...(attendees.length === 0 ? [] : [['Участники', attendees] as const]),
  ];
}
