import { expect, test } from 'vitest';
import { mailboxFieldText } from '../../../renderer/screens/mailbox/mailbox-values.ts';
import { mailboxState } from '../../../renderer/screens/mailbox/mailbox-state.ts';
import { secretNamesOf } from '../../../renderer/screens/mailbox/secret-dialog.tsx';
import { aMailbox } from '../../helpers/builders.ts';

const system = (name: string, works: boolean, detail = '') => ({ system: name, title: name, works, detail, since: '2026-11-24T06:14:00.000Z', waiting: 0 });

test.each([
  ['works', aMailbox(), [system('mailbox:mailbox-1', true)], false, { tone: 'green', text: 'Работает', detail: '' }],
  ['its server does not answer', aMailbox(), [system('mailbox:mailbox-1', false, 'Сервер «x» не найден: проверьте имя.')], false, { tone: 'red', text: 'Не работает', detail: 'Сервер «x» не найден: проверьте имя.' }],
  ['takes but cannot send', aMailbox({ sending: 'own' }), [system('mailbox:mailbox-1', true), system('mailbox:mailbox-1:out', false, 'Пароль')], false, { tone: 'red', text: 'Не работает', detail: 'Пароль' }],
  ['another mailbox does not work', aMailbox(), [system('mailbox:mailbox-11', false, 'x'), system('mail', false, 'y')], false, { tone: 'grey', text: 'Ещё не подключён', detail: '' }],
  ['switched off', aMailbox({ active: false }), [system('mailbox:mailbox-1', false, 'x')], false, { tone: 'grey', text: 'Отключён', detail: '' }],
  ['written off line', aMailbox(), [], true, { tone: 'amber', text: 'К отправке', detail: '' }],
  ['only an address of SMTP', aMailbox({ receives: false }), [], false, { tone: 'green', text: 'Работает', detail: '' }],
] as const)('the state of a mailbox that %s', (_name, mailbox, external, pending, state) => {
  expect(mailboxState(mailbox, [...external], pending)).toEqual(state);
});

test.each([
  ['auth', 'oauth2', 'OAuth2'],
  ['imapSecurity', 'none', 'Без защиты'],
  ['folders', ['INBOX', 'Обращения'], 'INBOX, Обращения'],
  ['active', false, 'нет'],
  ['imapPort', 993, '993'],
] as const)('a value of the card in words: %s', (field, value, text) => {
  expect(mailboxFieldText(field, value)).toBe(text);
});

test('which secrets are asked for', () => {
  expect(secretNamesOf({ auth: 'password' })).toEqual(['password']);
  expect(secretNamesOf({ auth: 'oauth2' })).toEqual(['clientSecret', 'refreshToken']);
});
