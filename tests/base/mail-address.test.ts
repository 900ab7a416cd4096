import { describe, expect, it } from 'vitest';
import { addressDomain, addressText, isMailAddress, isUnattendedAddress } from '../../shared/base/mail-address.ts';

describe('1.5.1 addresses', () => {
  it.each(['a@b.ru', 'имя@почта.рф', "o'neil+tag@x-y.co.uk", 'a@localhost'])('1.5.1 %s can be written to', (address) => expect(isMailAddress(address)).toBe(true));
  it.each(['', 'a', '@b.ru', 'a@', 'a@b..ru', 'a b@c.ru', 'a@b@c.ru', 'a@-b.ru', 'a@b.ru,c@d.ru', 'A <a@b.ru>', `${'a'.repeat(65)}@b.ru`, 'a@b.ru\r\nBcc: c@d.ru'])('1.5.1 %j cannot', (address) => expect(isMailAddress(address)).toBe(false));
  it.each(['noreply@x.ru', 'No-Reply@x.ru', 'news-noreply@x.ru', 'donotreply@x.ru', 'MAILER-DAEMON@x.ru', 'postmaster@x.ru', 'bounces+1@x.ru'])('2.8.1.2 nobody reads %s', (address) => expect(isUnattendedAddress(address)).toBe(true));
  it.each(['norman@x.ru', 'reply@x.ru', 'bouncer@x.ru', 'post@noreply.ru'])('2.8.1.2 somebody reads %s', (address) => expect(isUnattendedAddress(address)).toBe(false));
  it('2.7 an address with its name', () => expect([addressText({ name: 'Иванов', address: 'a@b.ru' }), addressText({ name: '', address: 'a@b.ru' }), addressDomain('A@B.ru')]).toEqual(['Иванов <a@b.ru>', 'a@b.ru', 'b.ru']));
});
