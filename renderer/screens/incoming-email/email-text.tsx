import { useMemo, type ReactNode } from 'react';
import { call } from '../../bridge.ts';
import { tellRefusal } from '../../store/commands.ts';
import { textParagraphs, textPieces, type TextPiece, type Wanted } from './matched-places.ts';

async function openLink(url: string): Promise<void> {
  const answer = await call('app.openExternal', { url });
  if (!answer.ok) tellRefusal(answer.refusal);
}

/** The letter's text in paragraphs; addresses in it can be opened, what matched is marked. */
export function EmailText({ text, wanted }: { readonly text: string; readonly wanted: Wanted }): ReactNode {
  const paragraphs = useMemo(() => textParagraphs(text).map(({ text: part, from }) => ({ from, pieces: textPieces(part, wanted) })), [text, wanted]);
  if (text.trim() === '') return <p className="email-text okno-text2">В письме нет текста.</p>;
  return (
    <div className="email-text okno-selectable">
      {paragraphs.map(({ from, pieces }) => (
        <p key={from}>
          {pieces.map((piece) => (
            <TextPieceView key={piece.from} piece={piece} />
          ))}
        </p>
      ))}
    </div>
  );
}

function TextPieceView({ piece: { text, kind } }: { readonly piece: TextPiece }): ReactNode {
  if (kind === 'mark') return <mark className="email-mark">{text}</mark>;
  if (kind === 'plain') return text;
  return (
    <button type="button" className="okno-link email-text-link" title={text} onClick={() => void openLink(text.slice(0, 4000))}>
      {text}
    </button>
  );
}
