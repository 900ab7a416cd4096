import type { Role } from '../../shared/base/roles.ts';
import type { ListFilter } from '../../shared/protocol/list.ts';

/** A count beside a place: what waits for this user. */
export interface PlaceCount {
  readonly type: string;
  readonly where: readonly ListFilter[];
  readonly anyOf?: (userId: string) => readonly (readonly ListFilter[])[];
}

export interface NavigationPlace {
  /** Id in the registry of screens; a place whose screen is not there is not shown. */
  readonly screen: string;
  readonly title: string;
  /** Undefined = everybody. */
  readonly roles?: readonly Role[];
  /** `rejected` counts refused commands, in red. */
  readonly count?: PlaceCount | 'rejected';
}

export interface NavigationGroup {
  readonly title: string | null;
  readonly places: readonly NavigationPlace[];
}

/** Roles to whom incoming letters and their tasks come. */
const mailRoles: readonly Role[] = ['mailSupervisor', 'supervisor', 'operator'];

/** The navigation: work first, then journals, catalogues, administration. */
export const navigation: readonly NavigationGroup[] = [
  {
    title: null,
    places: [
      { screen: 'singleWindow', title: 'Единое окно' },
      { screen: 'tasks', title: 'Мои задачи', count: { type: 'task', where: [{ column: 'state', op: 'in', value: ['open', 'inWork'] }] } },
      { screen: 'rejected', title: 'Разобрать', count: 'rejected' },
    ],
  },
  {
    title: 'Журналы',
    places: [
      { screen: 'incomingEmails', title: 'Входящие письма', roles: mailRoles, count: { type: 'incomingEmail', where: [{ column: 'state', op: 'eq', value: 'new' }] } },
      { screen: 'outgoingEmails', title: 'Исходящие письма', roles: mailRoles, count: { type: 'outgoingEmail', where: [{ column: 'state', op: 'in', value: ['failed', 'unknown'] }] } },
      { screen: 'appeals', title: 'Обращения' },
      { screen: 'applications', title: 'Заявки' },
    ],
  },
  {
    title: 'Справочники',
    places: [
      { screen: 'clients', title: 'Клиенты' },
      { screen: 'mailFilters', title: 'Фильтры электронных писем', roles: ['mailSupervisor', 'supervisor', 'administrator'] },
      { screen: 'autoReplies', title: 'Тексты автоответов', roles: ['dictionaryEditor', 'administrator', 'supervisor'] },
      { screen: 'dictionaries', title: 'Все справочники' },
    ],
  },
  {
    title: 'Администрирование',
    places: [
      { screen: 'users', title: 'Пользователи', roles: ['administrator'] },
      { screen: 'mailboxes', title: 'Почтовые ящики', roles: ['administrator'] },
      { screen: 'sentMail', title: 'Исходящая почта', roles: ['administrator'] },
      { screen: 'accessLog', title: 'Журнал доступа', roles: ['auditor'] },
    ],
  },
];
