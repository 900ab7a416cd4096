import { hasOwnColours } from './html-policy.ts';

/**
 * The page of the letter's frame around its sanitised HTML. Marks are shown by the address's fragment (`#marked`), so that looking at
 * «Клиенты» neither loads the letter again nor moves it: the target stands fixed at the top.
 * A letter with colours of its own is shown on white, as its author saw it; a plain one takes the window's colours.
 */
export function frameDocument(sanitised: string, source: string, dark: boolean): string {
  const look = hasOwnColours(source) ? onPaper : dark ? inDarkWindow : inWindow;
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Письмо</title><style>${layout}${look}</style></head><body><i id="marked"></i><div class="letter">${sanitised}</div></body></html>`;
}

const layout =
  "body{margin:0;padding:0;font:13px/20px 'Inter Variable','Segoe UI','Noto Sans',sans-serif;overflow-wrap:anywhere}.letter{padding:0 0 8px;position:relative;contain:paint}.letter p{margin:0 0 8px}img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}blockquote{margin:8px 0;padding-left:12px;border-left:2px solid #828995}#marked{position:fixed;top:0;left:0;width:0;height:0}mark{background:none;color:inherit}#marked:target~.letter mark{background:#ffe9a8;color:#1b1e24}";
const inWindow = ':root{color-scheme:light;background:#fff;color:#1b1e24}a{color:#2a57c7}';
const inDarkWindow = ':root{color-scheme:dark;background:#1a1c20;color:#e6e8ec}a{color:#8facf7}#marked:target~.letter mark{background:#5c4a12;color:#e6e8ec}';
const onPaper = ':root{color-scheme:light;background:#fff;color:#1b1e24}.letter{padding:12px}';
