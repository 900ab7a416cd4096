import { foldAddress, isMailAddress } from '../../../shared/base/mail-address.ts';
import { fold } from '../../../shared/base/fold.ts';
import type { MailAddress } from '../../../shared/domain/incoming-email/model.ts';

/** As many as one letter may have. */
export const mostAddresses = 200;

/** Parts of a typed list: separated by commas, semicolons and new lines that stand in no quotes; `rest` is what is still being typed. */
export function splitAddresses(typed: string): { readonly whole: readonly string[]; readonly rest: string } {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (const sign of typed) {
    if (sign === '"') quoted = !quoted;
    if (!quoted && /[,;\n\t]/.test(sign)) {
      parts.push(part);
      part = '';
    } else part += sign;
  }
  return { whole: parts.map((text) => text.trim()).filter((text) => text !== ''), rest: part };
}

/** «Имя <адрес>» or an address → both parts; what is no address stays as it was typed, to be corrected. */
export function readAddress(text: string): MailAddress {
  const named = /^(.*)<([^<>]*)>\s*$/s.exec(text.trim());
  if (named === null) return { name: '', address: text.trim().replace(/^mailto:/i, '') };
  return { name: (named[1] ?? '').trim().replace(/^"(.*)"$/s, '$1'), address: (named[2] ?? '').trim() };
}

/** All addresses of a pasted list. */
export function readAddresses(text: string): readonly MailAddress[] {
  const { whole, rest } = splitAddresses(text);
  return [...whole, rest.trim()].filter((part) => part !== '').map(readAddress);
}

/** The list without those that stand in it already. */
export function withAddresses(list: readonly MailAddress[], added: readonly MailAddress[]): readonly MailAddress[] {
  const seen = new Set(list.map(({ address }) => foldAddress(address)));
  const fresh = added.filter(({ address }) => {
    const key = foldAddress(address);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return [...list, ...fresh];
}

/** What is wrong with a list, in one sentence; undefined if a letter can go to it. */
export function addressProblem(addresses: readonly MailAddress[]): string | undefined {
  if (addresses.length > mostAddresses) return `Адресов ${addresses.length}, а у одного письма может быть не больше ${mostAddresses}`;
  const bad = addresses.find(({ address }) => !isMailAddress(address));
  return bad === undefined ? undefined : `Неверный адрес: ${bad.address || bad.name || 'пустой'}. Пример: ivanov@moesk.ru`;
}

/** Suggestions that fit what is typed and are not chosen yet. */
export function fittingAddresses(suggested: readonly MailAddress[], typed: string, chosen: readonly MailAddress[], most = 8): readonly MailAddress[] {
  const taken = new Set(chosen.map(({ address }) => foldAddress(address)));
  const wanted = fold(typed);
  return suggested.filter(({ name, address }) => !taken.has(foldAddress(address)) && (wanted === '' || fold(name).includes(wanted) || foldAddress(address).includes(wanted))).slice(0, most);
}
