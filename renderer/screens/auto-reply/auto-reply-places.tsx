import type { ReactNode } from 'react';
import { Facts } from '../../ui/document-frame.tsx';
import { unknownPlaces, placesOf } from './place-names.ts';

/** What may stand in braces in this text, and what stands there but means nothing. */
export function AutoReplyPlaces({ kind, text }: { readonly kind: string; readonly text: string }): ReactNode {
  const unknown = unknownPlaces(kind, text);
  return (
    <section className="dictionary-places" aria-label="Места в тексте">
      <p className="okno-text2">Вместо слов в скобках программа подставит данные письма или обращения:</p>
      <Facts label={160} rows={placesOf(kind).map(([name, meaning]) => [`{${name}}`, meaning] as const)} />
      {unknown.length === 0 ? null : <p className="okno-amber">{`Этих слов программа не знает и отправит как есть: ${unknown.map((name) => `{${name}}`).join(', ')}`}</p>}
    </section>
  );
}
