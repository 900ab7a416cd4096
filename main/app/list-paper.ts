import type { ListPrint } from '../../shared/protocol/list.ts';

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function plain(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}

const style = `
  @page { size: A4 landscape; margin: 12mm 10mm 14mm; @bottom-right { content: "Страница " counter(page) " из " counter(pages); font: 8pt sans-serif; } }
  body { margin: 0; font: 9pt/1.3 Inter, "Segoe UI", "PT Sans", Arial, sans-serif; color: #000; background: #fff; }
  h1 { margin: 0 0 2pt; font-size: 14pt; }
  p { margin: 0 0 1pt; color: #444; font-size: 8.5pt; overflow-wrap: anywhere; }
  table { width: 100%; margin-top: 6pt; border-collapse: collapse; table-layout: fixed; }
  th { text-align: left; border-bottom: 1.2pt solid #000; padding: 2pt 4pt; vertical-align: bottom; overflow-wrap: anywhere; }
  td { border-bottom: 0.5pt solid #bbb; padding: 2pt 4pt; vertical-align: top; overflow-wrap: anywhere; }
  tr { break-inside: avoid; }
  .right { text-align: right; }
  .group td { font-weight: 600; border-bottom-color: #000; padding-top: 6pt; break-after: avoid; }
`;

/**
 * A list as a page for paper: its name, what narrowed it, how many sheets, and a table whose headings stand on each of them. No script, nothing from
 * outside. `sheets` is null while they are counted: its line stands all the same, so that it makes no sheet more.
 */
export function listPaper({ title, notes, columns, groups }: ListPrint, sheets: number | null): string {
  const width = columns.reduce((sum, column) => sum + column.width, 0) || 1;
  const side = (index: number): string => (columns[index]?.align === 'right' ? ' class="right"' : '');
  const row = (cells: readonly string[]): string => `<tr>${cells.map((cell, index) => `<td${side(index)}>${plain(cell)}</td>`).join('')}</tr>`;
  const body = groups.map((group) => `${group.title === null ? '' : `<tr class="group"><td colspan="${columns.length}">${plain(group.title)}</td></tr>`}${group.rows.map(row).join('')}`);
  return [
    `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>${plain(title)}</title><style>${style}</style></head><body>`,
    `<h1>${plain(title)}</h1>${[...notes, `Листов: ${sheets ?? '…'}`].map((note) => `<p>${plain(note)}</p>`).join('')}`,
    `<table><colgroup>${columns.map((column) => `<col style="width:${((column.width / width) * 100).toFixed(2)}%">`).join('')}</colgroup>`,
    `<thead><tr>${columns.map((column, index) => `<th${side(index)}>${plain(column.title)}</th>`).join('')}</tr></thead>`,
    `<tbody>${body.join('')}</tbody></table></body></html>`,
  ].join('');
}
