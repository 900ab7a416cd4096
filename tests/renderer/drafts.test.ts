import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectBridge } from '../../renderer/bridge.ts';
import { journalDraft, readDrafts, removeDraft, takeDraft, type DraftValue } from '../../renderer/store/drafts.ts';

const value = (name: string): DraftValue => ({ type: 'client', id: 'c1', params: {}, isNew: false, base: { id: 'c1', name: '' }, values: { id: 'c1', name } });

describe('typing that was not written', () => {
  const saved: { at: number; name: unknown }[] = [];
  beforeEach(() => {
    saved.length = 0;
    vi.useFakeTimers();
    connectBridge({
      call: async (name, args) => {
        if (name === 'draft.save') saved.push({ at: Date.now(), name: (args as { value: DraftValue }).value.values['name'] });
        if (name === 'draft.all') return [{ key: 'client:c1', title: 'Клиент', value: value('до сбоя'), savedAt: '' }, { key: 'x', title: '', value: { of: 'another program' }, savedAt: '' }];
        return {};
      },
      on: () => () => undefined,
    });
  });
  afterEach(() => vi.useRealTimers());

  it('is journalled at once and then at least twice a second while it goes on', async () => {
    const start = Date.now();
    for (let letter = 1; letter <= 40; letter += 1) {
      journalDraft('client:c1', 'Клиент', value('х'.repeat(letter)));
      await vi.advanceTimersByTimeAsync(50);
    }
    await vi.advanceTimersByTimeAsync(500);
    expect(saved[0]?.at).toBe(start);
    expect(saved.at(-1)?.name).toBe('х'.repeat(40));
    for (let index = 1; index < saved.length; index += 1) expect(saved[index]!.at - saved[index - 1]!.at).toBeLessThanOrEqual(500);
  });

  it('is not journalled again after it was written', async () => {
    journalDraft('client:c1', 'Клиент', value('а'));
    journalDraft('client:c1', 'Клиент', value('аб'));
    await removeDraft('client:c1');
    const count = saved.length;
    await vi.advanceTimersByTimeAsync(1000);
    expect(saved.length).toBe(count);
  });

  it('comes back after login, once, and what is not a draft of this program is left alone', async () => {
    const drafts = await readDrafts();
    expect(drafts.map(({ key }) => key)).toEqual(['client:c1']);
    expect(takeDraft('client:c1')?.values['name']).toBe('до сбоя');
    expect(takeDraft('client:c1')).toBeNull();
  });
});
