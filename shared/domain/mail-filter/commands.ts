import { z } from 'zod';
import { refusal } from '../../base/errors.ts';
import { foldAddress, isMailAddress } from '../../base/mail-address.ts';
import { accept, defineCommand, refuse } from '../../base/rule-book.ts';
import { isOwnMailbox, readMailSettings } from '../mail-settings/rules.ts';
import { find, get, getMarked, put } from '../reads.ts';

const filterRoles = ['mailSupervisor', 'supervisor', 'administrator'] as const;
const byId = z.object({ id: z.string().min(1) });

/** 1.4.2: an address goes to the black list by hand. */
export const add = defineCommand({
  name: 'mailFilter.add',
  title: 'Добавить в чёрный список',
  version: 1,
  roles: filterRoles,
  input: z.object({ id: z.string().min(1).max(100), address: z.string().max(320), reason: z.string().trim().max(1000) }),
  undo: null,
  *decide({ id, address: typed, reason }, context) {
    const address = foldAddress(typed);
    if (address === '') return refuse(refusal('required', { fields: ['Адрес'] }));
    if (!isMailAddress(address)) return refuse(refusal('invalidInput', { field: `Адрес: ${typed}` }));
    if (isOwnMailbox(yield* readMailSettings(), address)) return refuse(refusal('invalidInput', { field: 'Адрес: это наш собственный ящик' }));
    if ((yield* find('mailFilter', 'byAddress', address)).length > 0 || (yield* getMarked('mailFilter', id)) !== null) return refuse(refusal('duplicateKey', { key: address }));
    return accept([put('mailFilter', { id, address, reason, addedBy: context.author.userId, addedAt: context.now, incomingEmailId: null })]);
  },
});

/** Takes an address off the list: the entry is marked deleted and can be brought back. */
export const remove = defineCommand({
  name: 'mailFilter.remove',
  title: 'Убрать из чёрного списка',
  version: 1,
  roles: filterRoles,
  input: byId,
  undo: 'mailFilter.restore',
  *decide({ id }) {
    const filter = yield* get('mailFilter', id);
    return filter === null ? refuse(refusal('notFound')) : accept([put('mailFilter', { ...filter, deleted: true })]);
  },
});

export const restore = defineCommand({
  name: 'mailFilter.restore',
  title: 'Вернуть в чёрный список',
  version: 1,
  roles: filterRoles,
  input: byId,
  undo: 'mailFilter.remove',
  *decide({ id }) {
    const filter = yield* getMarked('mailFilter', id);
    if (filter === null) return refuse(refusal('notFound'));
    if (filter.deleted !== true) return accept([]);
    if ((yield* find('mailFilter', 'byAddress', foldAddress(filter.address))).length > 0) return refuse(refusal('duplicateKey', { key: filter.address }));
    return accept([put('mailFilter', { ...filter, deleted: false })]);
  },
});
