import { describe, expect, it, vi } from 'vitest';
import { createDocumentRows } from '../../renderer/store/document-rows.ts';
import type { ListPage, ListQuery } from '../../shared/protocol/list.ts';

function source(count: number) {
  const ids = Array.from({ length: count }, (_, index) => `r${index}`);
  const asked: ListQuery[] = [];
  const read = async (query: ListQuery): Promise<ListPage> => {
    asked.push(query);
    return { total: ids.length, rows: ids.slice(query.offset, query.offset + query.limit).map((id) => ({ document: { id }, refs: {}, pending: false })) };
  };
  return { ids, asked, read };
}

const query = { type: 'task', where: [], anyOf: [], search: '', sort: [] };
const whole = [{ key: 'all', title: null, where: [] }];
const now = () => '24.11.2026 11:42';

describe('rows of a long list', () => {
  it('are read in windows, once each', async () => {
    const { read, asked } = source(12_000);
    const rows = createDocumentRows({ read }, now);
    rows.ask({ query, groups: whole });
    await vi.waitFor(() => expect(rows.snapshot().loading).toBe(false));
    expect(rows.snapshot().groups[0]?.total).toBe(12_000);
    rows.snapshot().want(0, 11_950, 11_999);
    await vi.waitFor(() => expect(rows.snapshot().rowAt(0, 11_999)?.document['id']).toBe('r11999'));
    const before = asked.length;
    rows.snapshot().want(0, 11_950, 11_999);
    expect(asked.length).toBe(before);
    expect(rows.snapshot().rowAt(0, 6000)).toBeUndefined();
    expect(asked.every(({ limit }) => limit <= 1000)).toBe(true);
  });

  it('are found at their new place after something came above', async () => {
    const { read, ids } = source(500);
    const rows = createDocumentRows({ read }, now);
    rows.ask({ query, groups: whole });
    await vi.waitFor(() => expect(rows.snapshot().loading).toBe(false));
    rows.snapshot().want(0, 300, 330);
    await vi.waitFor(() => expect(rows.snapshot().find('r310')).toEqual({ group: 0, index: 310 }));
    ids.unshift('n1', 'n2', 'n3');
    rows.reload();
    await vi.waitFor(() => expect(rows.snapshot().find('r310')).toEqual({ group: 0, index: 313 }));
  });

  it('say what happened when they cannot be read, and come back on repeating', async () => {
    const { read } = source(3);
    let broken = true;
    const rows = createDocumentRows({ read: (one) => (broken ? Promise.reject(new Error('disk')) : read(one)) }, now);
    rows.ask({ query, groups: whole });
    await vi.waitFor(() => expect(rows.snapshot().problem?.code).toContain('ОК-900'));
    broken = false;
    rows.snapshot().reload();
    await vi.waitFor(() => expect(rows.snapshot().problem).toBeNull());
    expect(rows.snapshot().groups[0]?.total).toBe(3);
  });

  it('of an older question never replace those of a newer one', async () => {
    const answers: ((page: ListPage) => void)[] = [];
    const rows = createDocumentRows({ read: () => new Promise((resolve) => answers.push(resolve)) }, now);
    const page = (id: string): ListPage => ({ total: 1, rows: [{ document: { id }, refs: {}, pending: false }] });
    rows.ask({ query, groups: whole });
    rows.ask({ query: { ...query, search: 'новое' }, groups: whole });
    answers[1]?.(page('new'));
    await vi.waitFor(() => expect(rows.snapshot().rowAt(0, 0)?.document['id']).toBe('new'));
    answers[0]?.(page('old'));
    await Promise.resolve();
    expect(rows.snapshot().rowAt(0, 0)?.document['id']).toBe('new');
  });
});
