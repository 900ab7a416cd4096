import { z } from 'zod';

export const roles = [
  'operator',
  'mailSupervisor',
  'supervisor',
  'frontDesk',
  'executor',
  'checker',
  'dictionaryEditor',
  'auditor',
  'administrator',
] as const;

export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** Names on the screen. */
export const roleTitles: Readonly<Record<Role, string>> = {
  operator: 'Оператор',
  mailSupervisor: 'Супервайзер по обработке писем',
  supervisor: 'Супервайзер',
  frontDesk: 'Специалист ЦОК',
  executor: 'Ответственный исполнитель',
  checker: 'Проверяющий',
  dictionaryEditor: 'Редактор справочников',
  auditor: 'Аудитор',
  administrator: 'Администратор',
};
