import type { SearchType } from '../../../shared/protocol/search.ts';

/** Names of the groups of what was found. */
export const searchTypeTitles: Readonly<Record<SearchType, string>> = {
  client: 'Клиенты',
  application: 'Заявки',
  appeal: 'Обращения',
  incomingEmail: 'Входящие письма',
  outgoingEmail: 'Исходящие письма',
  task: 'Задачи',
};
