import type { ReactNode } from 'react';
import { AccessLog } from './access-log/access-log.tsx';
import { AppealForm } from './appeal/appeal-form.tsx';
import { AppealList } from './appeal/appeal-list.tsx';
import { ApplicationList } from './appeal/application-list.tsx';
import { ApplicationView } from './appeal/application-view.tsx';
import { AutoReplyList } from './auto-reply/auto-reply-list.tsx';
import { ClientForm } from './client/client-form.tsx';
import { ClientList } from './client/client-list.tsx';
import { ClientMerge } from './client/client-merge.tsx';
import { Dictionaries } from './dictionary/dictionaries.tsx';
import { dictionaryScreens } from './dictionary/dictionary-screens.ts';
import { IncomingEmailForm } from './incoming-email/incoming-email-form.tsx';
import { IncomingEmailList } from './incoming-email/incoming-email-list.tsx';
import { MailboxForm } from './mailbox/mailbox-form.tsx';
import { MailboxList } from './mailbox/mailbox-list.tsx';
import { MailFilterList } from './mail-filter/mail-filter-list.tsx';
import { OutgoingEmailForm } from './outgoing-email/outgoing-email-form.tsx';
import { OutgoingEmailList } from './outgoing-email/outgoing-email-list.tsx';
import { Rejected } from './rejected/rejected.tsx';
import { SentMailList } from './sent-mail/sent-mail-list.tsx';
import { SingleWindow } from './single-window/single-window.tsx';
import { Tasks } from './tasks/tasks.tsx';
import { UserForm } from './user/user-form.tsx';
import { UserList } from './user/user-list.tsx';

export interface Screen {
  /** Under «Открыто» until the document has told its own title, and for a list its name. */
  readonly title: string;
  readonly component: () => ReactNode;
}

/** Every screen of the product: lists by their own id, documents by their type. A new one is a line here. */
export const screens: Readonly<Record<string, Screen>> = {
  accessLog: { title: 'Журнал доступа', component: AccessLog },
  appeal: { title: 'Обращение', component: AppealForm },
  appeals: { title: 'Обращения', component: AppealList },
  application: { title: 'Заявка', component: ApplicationView },
  applications: { title: 'Заявки', component: ApplicationList },
  autoReplies: { title: 'Тексты автоответов', component: AutoReplyList },
  client: { title: 'Клиент', component: ClientForm },
  clientMerge: { title: 'Объединение клиентов', component: ClientMerge },
  clients: { title: 'Клиенты', component: ClientList },
  dictionaries: { title: 'Все справочники', component: Dictionaries },
  ...dictionaryScreens,
  incomingEmail: { title: 'Входящее электронное письмо', component: IncomingEmailForm },
  incomingEmails: { title: 'Входящие письма', component: IncomingEmailList },
  mailbox: { title: 'Почтовый ящик', component: MailboxForm },
  mailboxes: { title: 'Почтовые ящики', component: MailboxList },
  mailFilters: { title: 'Фильтры электронных писем', component: MailFilterList },
  outgoingEmail: { title: 'Исходящее электронное письмо', component: OutgoingEmailForm },
  outgoingEmails: { title: 'Исходящие письма', component: OutgoingEmailList },
  rejected: { title: 'Разобрать', component: Rejected },
  sentMail: { title: 'Исходящая почта', component: SentMailList },
  singleWindow: { title: 'Единое окно', component: SingleWindow },
  tasks: { title: 'Мои задачи', component: Tasks },
  user: { title: 'Пользователь', component: UserForm },
  users: { title: 'Пользователи', component: UserList },
};
