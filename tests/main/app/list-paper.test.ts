import { expect, it } from 'vitest';
import { listPaper } from '../../../main/app/list-paper.ts';

const columns = [{ title: 'Тема', width: 300, align: 'left' as const }, { title: 'Строк', width: 100, align: 'right' as const }];

it('shows what strangers wrote as text, whatever it holds', () => {
  const page = listPaper({ title: 'Письма <script>', notes: ['Поиск: "><img src=x>'], columns, groups: [{ title: null, rows: [['<img src=x onerror=alert(1)> & Co', '1']] }] }, null);
  expect(page).not.toMatch(/<script|<img/);
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; Co');
});

it('gives each column its part of the width and each group its heading over all columns', () => {
  const page = listPaper({ title: 'Письма', notes: [], columns, groups: [{ title: 'Новые', rows: [['а', '1']] }, { title: 'Старые', rows: [['б', '2']] }] }, 3);
  expect(page).toContain('<col style="width:75.00%"><col style="width:25.00%">');
  expect(page.indexOf('<td colspan="2">Новые</td>')).toBeLessThan(page.indexOf('<td>а</td>'));
  expect(page.indexOf('<td>а</td>')).toBeLessThan(page.indexOf('<td colspan="2">Старые</td>'));
  expect(page).toContain('<td class="right">2</td>');
  expect(page).toContain('<p>Листов: 3</p>');
});
