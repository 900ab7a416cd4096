import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import type { IncomingEmail, LetterCharset } from '../../../shared/domain/incoming-email/model.ts';
import { call } from '../../bridge.ts';
import { contentIdKey } from './html-policy.ts';
import { frameDocument } from './frame-document.ts';
import type { Wanted } from './matched-places.ts';
import { sanitiseHtml } from './sanitise-html.ts';

interface Shown {
  readonly url: string;
  readonly blockedPictures: number;
}

/** Pictures that the letter carries, fetched into the desk: Content-ID → address. What cannot be fetched is left out. */
export async function inlinePictures({ attachments }: Pick<IncomingEmail, 'attachments'>, html: string): Promise<ReadonlyMap<string, string>> {
  if (!/cid:/i.test(html)) return new Map();
  const carried = attachments.flatMap(({ contentId, fileId, mediaType }) => (contentId === null || !mediaType.startsWith('image/') ? [] : [{ contentId, fileId, mediaType }]));
  const fetched = await Promise.all(carried.map(async ({ contentId, fileId, mediaType }) => [contentIdKey(contentId), await call('file.fetch', { fileId, mediaType })] as const));
  return new Map(fetched.flatMap(([key, answer]) => (answer.ok ? [[key, answer.value.url] as const] : [])));
}

/** A letter's HTML ready to be sanitised. */
export interface LoadedHtml {
  readonly html: string;
  /** Content-ID → address of the picture on this desk. */
  readonly inline: ReadonlyMap<string, string>;
}

interface Loaded extends LoadedHtml {
  readonly emailId: string;
  readonly charset: LetterCharset | null;
}

/** The letter's HTML and its pictures as they came; a sentence if they cannot be had. */
function useSource(email: IncomingEmail): Loaded | string | null {
  const [loaded, setLoaded] = useState<Loaded | string | null>(null);
  const charset = email.charset?.chosen ?? null;
  useEffect(() => {
    let current = true;
    const read = async (): Promise<Loaded | string> => {
      const answer = await call('email.html', { incomingEmailId: email.id });
      if (!answer.ok) return describeRefusal(answer.refusal).text;
      return { emailId: email.id, charset, html: answer.value.html, inline: await inlinePictures(email, answer.value.html) };
    };
    read().then(
      (value) => current && setLoaded(value),
      () => current && setLoaded('Вид письма не прочитан'),
    );
    return () => {
      current = false;
    };
    // eslint-disable-next-line react/exhaustive-deps -- a letter's content changes with its charset only, its other fields do
  }, [email.id, email.htmlFileId, charset]);
  return typeof loaded === 'object' && loaded !== null && (loaded.emailId !== email.id || loaded.charset !== charset) ? null : loaded;
}

/** The sanitised letter put into its own frame by the main process. */
function useFrame(loaded: LoadedHtml | null, wanted: Wanted, remote: boolean, dark: boolean): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    if (loaded === null) return;
    let current = true;
    const { html, blockedPictures } = sanitiseHtml(loaded.html, { inline: loaded.inline, remote, wanted });
    void call('email.frame', { html: frameDocument(html, loaded.html, dark), remote }).then(({ url }) => {
      if (current) setShown({ url, blockedPictures });
    });
    return () => {
      current = false;
    };
  }, [loaded, wanted, remote, dark]);
  return loaded === null ? null : shown;
}

export interface LetterFrameProps {
  /** Null while it is read. The same letter is the same object: another one is drawn anew. */
  readonly letter: LoadedHtml | null;
  /** Whose leave for outside pictures is remembered. */
  readonly letterId: string;
  readonly wanted: Wanted;
  /** What matched is marked. */
  readonly marked: boolean;
}

/**
 * The letter as its author made it. The frame runs no script, sends no form, has an origin of its own and a policy of its own; a link asks
 * for a new window, which the main process answers with the question about the true host.
 */
export function LetterFrame({ letter, letterId, wanted, marked }: LetterFrameProps): ReactNode {
  const [allowedFor, setAllowedFor] = useState<string | null>(null);
  const dark = useComputedColorScheme() === 'dark';
  const shown = useFrame(letter, wanted, allowedFor === letterId, dark);
  return (
    <div className="email-frame">
      {shown === null || shown.blockedPictures === 0 ? null : (
        <p className="email-frame-note">
          Картинки с других серверов не загружены: {shown.blockedPictures}. <LinkButton onClick={() => setAllowedFor(letterId)}>Показать картинки</LinkButton>
        </p>
      )}
      {/* Another text is another frame: one that went on to it would leave a step in the window's history. */}
      {shown === null ? null : <iframe key={shown.url} title="Текст письма" sandbox="allow-popups" referrerPolicy="no-referrer" src={`${shown.url}${marked ? '#marked' : '#plain'}`} />}
    </div>
  );
}

export interface HtmlFrameProps {
  readonly email: IncomingEmail;
  readonly wanted: Wanted;
  /** The tab «Клиенты» is looked at: what matched is marked. */
  readonly marked: boolean;
  /** Shows the text instead. */
  readonly onText: () => void;
}

/** The HTML of a letter that is a document. */
export function HtmlFrame({ email, wanted, marked, onText }: HtmlFrameProps): ReactNode {
  const source = useSource(email);
  if (typeof source === 'string') {
    return (
      <p className="email-frame-note">
        {source}. <LinkButton onClick={onText}>Показать текст</LinkButton>
      </p>
    );
  }
  return <LetterFrame letter={source} letterId={email.id} wanted={wanted} marked={marked} />;
}

function LinkButton({ children, onClick }: { readonly children: ReactNode; readonly onClick: () => void }): ReactNode {
  return (
    <button type="button" className="okno-link" onClick={onClick}>
      {children}
    </button>
  );
}
