/** Addresses are compared without regard to case, though RFC 5321 lets a host tell them apart: none does. */
export function foldAddress(address: string): string {
  return address.trim().toLowerCase();
}

/** The part after the last `@`, lower case; empty if there is none. */
export function addressDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : foldAddress(address.slice(at + 1));
}

/** True for an address that a letter can be sent to: one `@`, no blanks or brackets, a domain of labels (IDN too). */
export function isMailAddress(address: string): boolean {
  return address.length <= 254 && /^[^\s@<>(),;:"[\]\\]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)*$/u.test(address);
}

/** Addresses of programs that nobody reads: noreply, mailer-daemon and the like. */
export function isUnattendedAddress(address: string): boolean {
  const local = foldAddress(address).split('@')[0] ?? '';
  return /^(no|do[._-]?not)[._-]?reply\b|[._+-]no[._-]?reply$|^(mailer-daemon|postmaster|bounces?)([._+=-]|$)/.test(local);
}

/** «Имя <адрес>», or the address alone. */
export function addressText({ name, address }: { readonly name: string; readonly address: string }): string {
  return name === '' || name === address ? address : `${name} <${address}>`;
}
