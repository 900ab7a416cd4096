import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Client, Phone } from './model.ts';

/** E.164 of a number typed in any Russian or international spelling; null if it is no valid number. */
export function phoneE164(typed: string): string | null {
  const parsed = parsePhoneNumberFromString(typed, 'RU');
  return parsed?.isValid() === true ? parsed.number : null;
}

/** The phones of a card as stored: E.164 beside the text as typed, empty rows left out. */
export function normalisedPhones(phones: Client['phones']): Phone[] {
  return phones.filter(({ typed }) => typed.trim() !== '').map((phone) => ({ ...phone, typed: phone.typed.trim(), e164: phoneE164(phone.typed) }));
}
