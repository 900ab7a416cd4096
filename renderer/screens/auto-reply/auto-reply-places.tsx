import type { ReactNode } from 'react';
import type { AutoReplyKind } from '../../../shared/domain/auto-reply/model.ts';
import { placesOf, unknownPlaces } from '../../../shared/domain/auto-reply/place-rules.ts';
import { Facts } from '../../ui/document-frame.tsx';

/** What may stand in braces in this text, and what stands there but means nothing. */
export function AutoReplyPlaces({ kind, text }: { readonly kind: AutoReplyKind; readonly text: string }): ReactNode {
  const unknown = unknownPlaces(kind, text);
  return (
    <section className="dictionary-places" aria-label="Места в тексте">
      <p className="okno-text2">Вместо слов в скобках программа подставит данные письма или обращения:</p>
      <Facts label={160} rows={placesOf(kind).map(([name, meaning]) => [`{${name}}`, meaning] as const)} />
      {unknown.length === 0 ? null : <p className="okno-error">{`Этих мест программа не знает, с ними текст не записать: ${unknown.join(', ')}`}</p>}
    </section>
  );
}
