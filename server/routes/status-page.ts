import { moscowText } from '../../shared/base/instant.ts';
import type { Health } from '../../shared/protocol/http.ts';
import type { ExternalSystem } from '../../shared/protocol/sync.ts';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function row(name: string, works: boolean, more: string): string {
  return `<tr><th scope="row">${escaped(name)}</th><td class="${works ? 'yes' : 'no'}">${works ? 'работает' : 'не отвечает'}</td><td>${escaped(more)}</td></tr>`;
}

/** A page for people: what of the centre works, and since when. It names no addresses and nobody. `at` is Moscow time. */
export function statusPage({ health, systems, at }: { readonly health: Health; readonly systems: readonly ExternalSystem[]; readonly at: string }): string {
  const rows = [
    row('База данных', health.database, ''),
    row('Приём писем', health.smtp, ''),
    ...systems.map(({ title, works, since, waiting }) => row(title, works, `с ${moscowText(since)}${waiting === 0 ? '' : `, ждёт: ${String(waiting)}`}`)),
  ];
  return `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>ОКНО: состояние центра</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #8884;font-weight:400}.yes{color:light-dark(#1b6e3c,#6fcf97)}.no{color:light-dark(#b3261e,#ff8a80);font-weight:600}</style></head>
<body><h1>${health.ok ? 'Центр работает' : 'Центр работает не полностью'}</h1>
<table>${rows.join('')}</table>
<p>Версия ${escaped(health.version)}. Страница показывает состояние на ${escaped(at)} (Москва); обновите её, чтобы увидеть новое.</p></body></html>
`;
}
