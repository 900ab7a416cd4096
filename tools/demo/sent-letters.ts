/** A letter that the company has sent before the demo begins; answers of machines to it arrive. */
export interface SentLetter {
  readonly key: 'ivanov' | 'lapina';
  readonly input: { readonly id: string; readonly kind: 'new'; readonly incomingEmailId: null; readonly to: readonly { readonly name: string; readonly address: string }[]; readonly cc: readonly []; readonly subject: string; readonly text: string; readonly attachments: readonly [] };
}

function sent(key: SentLetter['key'], number: number, name: string, address: string, subject: string, text: string): SentLetter {
  return { key, input: { id: `0e4a0000-0000-4000-8000-${String(number).padStart(12, '0')}`, kind: 'new', incomingEmailId: null, to: [{ name, address }], cc: [], subject, text, attachments: [] } };
}

/** The first does not arrive, the second is answered by a machine. */
export const sentLetters: readonly SentLetter[] = [
  sent('ivanov', 1, 'Иванов Пётр Кузьмич', 'ivanov.1958@pochta-mo.ru', 'О сроке осмотра присоединения', 'Здравствуйте!\n\nОсмотр присоединения по вашему адресу назначен на 27 ноября с 10:00 до 13:00. Если время не подходит, позвоните на «Светлую линию» 8 800 220-0-220.\n\nС уважением, Белова Ирина Сергеевна'),
  sent('lapina', 2, 'Лапина Елена Сергеевна', 'lapina.es@moesk-res.ru', 'Просьба уточнить срок по заявке И-26-00-397755/102', 'Елена Сергеевна, прошу уточнить срок допуска прибора учёта по заявке И-26-00-397755/102.\n\nБелова И. С.'),
];
