/** Nothing from outside, no network, no inline script. Mantine writes style elements for its variables, hence inline styles. */
export const screenPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: app://file",
  "font-src 'self'",
  "connect-src 'none'",
  'frame-src app://frame app://file app://*.pdf',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A letter: its styles and pictures only; scripts, forms and frames are off twice, by the policy and by the sandbox. */
export function framePolicy(remote: boolean): string {
  return [
    "default-src 'none'",
    `img-src data: app://file${remote ? ' https:' : ''}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    'frame-ancestors app://okno',
    'sandbox allow-popups',
  ].join('; ');
}

/** A previewed file: a picture or plain text, nothing active. */
export const filePolicy = ["default-src 'none'", "img-src 'self'", "style-src 'unsafe-inline'", 'frame-ancestors app://okno', 'sandbox'].join('; ');

/**
 * A PDF and its viewer, alone in their origin: script, workers and tables of letters only from there, no eval, no wasm, no network, no frames. Pictures and
 * fonts of the file are made of its bytes. The sandbox lets neither windows nor forms nor dialogs through.
 */
export const pdfPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self' blob: data:",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors app://okno',
  'sandbox allow-scripts allow-same-origin',
].join('; ');

/** Media types that a preview may show as they are; any other is only bytes. */
const shown: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'text/plain']);

/** The media type that a preview is served as; `charset` is asked for where it is a text. */
export function previewType(asked: string, charset: () => string): string {
  const type = asked.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!shown.has(type)) return 'application/octet-stream';
  return type === 'text/plain' ? `text/plain; charset=${charset()}` : type;
}
