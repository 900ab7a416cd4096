import type { DictionaryName } from '../../../shared/domain/dictionary/commands.ts';
import { useNotAllowed } from '../../store/commands.ts';
import { useHasRole } from '../../store/session.ts';

/** Why this user only reads the catalogue; undefined if he may write. «Регламент» and the mailboxes are the administrator's. */
export function useNotWritable(type: DictionaryName): string | undefined {
  const denied = useNotAllowed('dictionary.write');
  const isAdministrator = useHasRole('administrator');
  if ((type === 'rule' || type === 'mailSettings') && !isAdministrator) return 'Только чтение: этот справочник изменяет администратор';
  return denied === undefined ? undefined : 'Только чтение: справочники изменяет редактор справочников';
}
