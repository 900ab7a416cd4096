import { describe, expect, it } from 'vitest';
import type { ListGroup } from '../../renderer/ui/list/flat-rows.ts';
import { allSpans, rowTotal, spansBetween } from '../../renderer/ui/list/row-range.ts';

const group = (title: string | null, total: number | null, folded = false): ListGroup => ({ key: title ?? '', title, total, folded });
// Lines: 0 heading, 1–3 rows, 4 heading of a folded group, 5 heading, 6–7 rows.
const groups = [group('Письма', 3), group('Свёрнуто', 5, true), group('Ответы', 2)];

describe('rows between two lines', () => {
  it('are those of a list without groups', () => {
    expect(spansBetween({ groups: [group(null, 10_000)] }, 4, 9_000, 20_000)).toEqual([{ group: 0, from: 4, to: 9_000 }]);
  });
  it('are the same in either order', () => {
    expect(spansBetween({ groups }, 7, 2, 100)).toEqual(spansBetween({ groups }, 2, 7, 100));
  });
  it('go over headings and folded groups', () => {
    expect(spansBetween({ groups }, 2, 6, 100)).toEqual([{ group: 0, from: 1, to: 2 }, { group: 2, from: 0, to: 0 }]);
  });
  it('are no more than may be selected', () => {
    expect(spansBetween({ groups }, 1, 7, 4)).toEqual([{ group: 0, from: 0, to: 2 }, { group: 2, from: 0, to: 0 }]);
  });
});

it('all rows are those of folded groups too, no more than may be selected', () => {
  expect(allSpans({ groups }, 100)).toEqual([{ group: 0, from: 0, to: 2 }, { group: 1, from: 0, to: 4 }, { group: 2, from: 0, to: 1 }]);
  expect(allSpans({ groups }, 4)).toEqual([{ group: 0, from: 0, to: 2 }, { group: 1, from: 0, to: 0 }]);
  expect(rowTotal({ groups: [...groups, group('Читается', null)] })).toBe(10);
});
