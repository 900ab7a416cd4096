import { describe, expect, it } from 'vitest';
import { lineAt, lineCount, lineOf, stepLine, type ListGroup } from '../../renderer/ui/list/flat-rows.ts';

const group = (title: string | null, total: number | null, folded = false): ListGroup => ({ key: title ?? '', title, total, folded });

describe('lines of a list', () => {
  const groups = [group('Письма', 2), group('Пусто', 0), group('Свёрнуто', 5, true), group('Ответы', 1)];

  it('count headings and rows, without empty and unread groups', () => {
    expect(lineCount(groups)).toBe(3 + 0 + 1 + 2);
    expect(lineCount([group(null, null)])).toBe(0);
    expect(lineCount([group(null, 12_000)])).toBe(12_000);
  });

  it('tell what stands at each line, and back', () => {
    expect(lineAt(groups, 0)).toEqual({ kind: 'header', group: 0 });
    expect(lineAt(groups, 2)).toEqual({ kind: 'row', group: 0, index: 1 });
    expect(lineAt(groups, 3)).toEqual({ kind: 'header', group: 2 });
    expect(lineAt(groups, 5)).toEqual({ kind: 'row', group: 3, index: 0 });
    expect(lineAt(groups, 6)).toBeNull();
    expect(lineOf(groups, 3, 0)).toBe(5);
  });

  it('let the selection stand on rows and on folded headings only', () => {
    expect(stepLine(groups, 0, 0)).toBe(1);
    expect(stepLine(groups, 2, 1)).toBe(3);
    expect(stepLine(groups, 3, 1)).toBe(5);
    expect(stepLine(groups, 5, 1)).toBe(5);
    expect(stepLine(groups, 1, -1)).toBe(1);
    expect(stepLine(groups, 5, -100)).toBe(1);
    expect(stepLine(groups, 1, 100)).toBe(5);
  });
});
