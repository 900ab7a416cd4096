import DOMPurify, { type Config } from 'dompurify';
import { allowedAttributes, allowedTags, droppedWithContent, linkHint, linkTarget, pictureDecision, plainLinkHint, safeStyle } from './html-policy.ts';
import { matchedSpans, type Wanted } from './matched-places.ts';

export interface SanitisedHtml {
  readonly html: string;
  /** Pictures of other computers that are not shown yet. */
  readonly blockedPictures: number;
}

export interface SanitiseOptions {
  /** Content-ID → address of the picture on this desk. */
  readonly inline: ReadonlyMap<string, string>;
  /** The user let outside pictures load for this letter. */
  readonly remote: boolean;
  /** Places to mark when «Клиенты» is looked at. */
  readonly wanted: Wanted;
}

const config: Config & { readonly RETURN_DOM: true } = {
  ALLOWED_TAGS: [...allowedTags],
  ALLOWED_ATTR: [...allowedAttributes],
  FORBID_CONTENTS: [...droppedWithContent],
  // Plain values (a width, a colour) pass by the second half; addresses are decided once more below.
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|tel|cid):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
  SANITIZE_NAMED_PROPS: true,
  RETURN_DOM: true,
  WHOLE_DOCUMENT: false,
};

/** First of the four layers: the letter's HTML by closed lists; links say where they lead, outside pictures wait for leave. */
export function sanitiseHtml(source: string, { inline, remote, wanted }: SanitiseOptions): SanitisedHtml {
  const body = DOMPurify.sanitize(source, config);
  if (!(body instanceof HTMLElement)) throw new Error('The sanitiser gave no body');
  let blockedPictures = 0;
  for (const element of body.querySelectorAll<HTMLElement>('*')) {
    const style = element.getAttribute('style');
    if (style !== null) setOrRemove(element, 'style', safeStyle(style));
    if (element.localName === 'a') tameLink(element);
    else element.removeAttribute('href');
    if (element.localName !== 'img') element.removeAttribute('src');
    else if (tamePicture(element, inline, remote) === 'blocked') blockedPictures += 1;
  }
  markText(body, wanted);
  return { html: body.innerHTML, blockedPictures };
}

function setOrRemove(element: Element, name: string, value: string): void {
  if (value === '') element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** A link opens outside, asked by the main process: it is handed every new window and opens none. */
function tameLink(link: Element): void {
  const href = link.getAttribute('href') ?? '';
  const target = linkTarget(href);
  if (target === null) {
    link.removeAttribute('href');
    setOrRemove(link, 'title', plainLinkHint(href) ?? '');
    return;
  }
  link.setAttribute('href', target);
  link.setAttribute('title', linkHint(target));
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
}

function tamePicture(picture: Element, inline: ReadonlyMap<string, string>, remote: boolean): 'shown' | 'blocked' {
  const decision = pictureDecision(picture.getAttribute('src') ?? '', inline);
  picture.setAttribute('referrerpolicy', 'no-referrer');
  if (decision.kind === 'show' || (decision.kind === 'remote' && remote)) {
    picture.setAttribute('src', decision.src);
    return 'shown';
  }
  picture.removeAttribute('src');
  return decision.kind === 'remote' ? 'blocked' : 'shown';
}

/** Wraps what matched in `<mark>`; text nodes only, so that nothing of the letter's markup changes. */
function markText(body: HTMLElement, wanted: Wanted): void {
  const document = body.ownerDocument;
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode() !== null) if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
  for (const text of texts) {
    const spans = matchedSpans(text.data, wanted);
    for (const { from, to } of spans.toReversed()) {
      const matched = text.splitText(from);
      matched.splitText(to - from);
      const mark = document.createElement('mark');
      matched.replaceWith(mark);
      mark.append(matched);
    }
  }
}
