import { OknoError } from '../../shared/base/errors.ts';

const openable: ReadonlySet<string> = new Set(['https:', 'mailto:', 'tel:']);

/** What the question shows: the host as the network sees it, never what the link says of itself. */
export function trueTarget(text: string): { readonly url: URL; readonly target: string } {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !openable.has(url.protocol)) throw new OknoError('notAllowed', { action: 'открыть эту ссылку' });
  return { url, target: url.protocol === 'https:' ? url.host : decodeURIComponent(url.pathname) };
}
