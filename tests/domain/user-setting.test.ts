import { describe, expect, it } from 'vitest';
import { inScope, scopeKeysOf } from '../../shared/base/scope.ts';
import { userSetting, userSettingId, type UserSetting } from '../../shared/domain/user-setting/model.ts';
import { aUserSetting } from '../helpers/builders.ts';
import { belova, kotov, World } from '../helpers/domain-world.ts';

const key = 'list.clients';
const written = (world: World, userId: string) => world.store.get('userSetting', userSettingId(userId, key)) as UserSetting | undefined; // its table holds settings

describe('a setting of a user', () => {
  it('is his own: another writes one of his, whatever the key', () => {
    const world = new World();
    world.do('userSetting.write', { key, value: 'a' }, belova);
    world.later(1_000).do('userSetting.write', { key, value: 'b' }, kotov);
    expect([written(world, 'user-belova')?.value, written(world, 'user-kotov')?.value]).toEqual(['a', 'b']);
  });

  it('goes to desks of that user alone', () => {
    expect([belova, kotov].map((author) => inScope(userSetting, aUserSetting(), scopeKeysOf(author)))).toEqual([true, false]);
  });

  it('holds the last writing, in whatever order they arrive; the earlier one is not refused', () => {
    const world = new World();
    world.put('userSetting', aUserSetting({ value: 'later', writtenAt: '2030-01-01T00:00:00.000Z' }));
    expect(world.outcome('userSetting.write', { key, value: 'earlier' }, belova)).toBe('accepted');
    expect(written(world, 'user-belova')?.value).toBe('later');
  });

  it('is refused when it is no setting: too long, or no key', () => {
    const world = new World();
    expect(world.outcome('userSetting.write', { key, value: 'x'.repeat(30_000) }, belova)).toBe('invalidInput');
    expect(world.outcome('userSetting.write', { key: 'не ключ', value: 1 }, belova)).toBe('invalidInput');
  });
});
