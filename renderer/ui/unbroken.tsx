import type { ReactNode } from 'react';

/** Numbers such as КП-26-00001842 and И-26-00-418233/102. */
const numbers = /([А-ЯA-Z]{1,3}-\d{2}-[\d-]*\d(?:\/\d+)?)/;

/** Text in which a number never breaks at the end of a line. */
export function Unbroken({ text }: { readonly text: string }): ReactNode {
  return text.split(numbers).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} className="okno-unbroken">
        {part}
      </span>
    ),
  );
}
