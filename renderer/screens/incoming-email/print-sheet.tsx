import { useEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { addressText } from '../../../shared/base/mail-address.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { Facts } from '../../ui/document-frame.tsx';
import { formatMoment, formatSize } from '../../ui/format.ts';

/** The letter as it goes to paper: head, text, names of attachments; nothing of the window. Shown only while it is printed. */
export function PrintSheet({ email, print, onDone }: { readonly email: IncomingEmail; readonly print: () => Promise<unknown>; readonly onDone: () => void }): ReactNode {
  const done = useRef(onDone);
  const begin = useRef(print);
  useEffect(() => {
    const finish = done.current;
    void begin.current().finally(finish);
  }, []);
  const rows: (readonly [string, string])[] = [
    ['От', addressText(email.from)],
    ['Кому', email.to.map(addressText).join(', ')],
    ...(email.cc.length === 0 ? [] : [['Копия', email.cc.map(addressText).join(', ')] as const]),
    ['Поступило', formatMoment(email.receivedAt)],
    ['Номер', email.number ?? 'не присвоен'],
    ...(email.attachments.length === 0 ? [] : [['Вложения', email.attachments.map(({ name, size }) => `${name} (${formatSize(size)})`).join(', ')] as const]),
  ];
  return createPortal(
    <div className="email-print">
      <h1>{email.subject || 'без темы'}</h1>
      <Facts rows={rows} />
      <hr />
      <div className="email-print-text">{email.text}</div>
    </div>,
    document.body,
  );
}
