import { refusal } from '../../base/errors.ts';
import { roles } from '../../base/roles.ts';
import { accept, defineCommand, refuse } from '../../base/rule-book.ts';
import { getMarked, put } from '../reads.ts';
import { longestSetting, settingCommandName, userSettingId, userSettingSchema } from './model.ts';

/** Writes a setting of the author himself. What was written later at another desk stays: then nothing changes, and nothing is refused. */
export const write = defineCommand({
  name: settingCommandName,
  title: 'Запомнить настройку',
  version: 1,
  roles,
  input: userSettingSchema.pick({ key: true, value: true }),
  undo: null,
  *decide({ key, value }, { author, now }) {
    if (JSON.stringify(value).length > longestSetting) return refuse(refusal('invalidInput', { field: key }));
    const id = userSettingId(author.userId, key);
    const before = yield* getMarked('userSetting', id);
    if (before !== null && before.writtenAt > now) return accept([]);
    return accept([put('userSetting', { id, userId: author.userId, key, value, writtenAt: now })]);
  },
});
