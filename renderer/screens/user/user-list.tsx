import { useMemo, type ReactNode } from 'react';
import { roleTitles } from '../../../shared/base/roles.ts';
import { shortName } from '../../../shared/domain/user/model.ts';
import { DocumentList, type DocumentChip } from '../../document/document-list.tsx';
import type { DocumentRow } from '../../document/rows.ts';
import { useNotAllowed } from '../../store/commands.ts';
import { openDocument } from '../../store/places.ts';
import { StateCell } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { useReferredNames } from '../dictionary/use-referred-names.ts';

type Row = DocumentRow<'user'>;

const chips: readonly DocumentChip[] = [
  { key: 'active', title: 'Работают', where: [{ column: 'active', op: 'eq', value: true }] },
  { key: 'dismissed', title: 'Не работают', where: [{ column: 'active', op: 'eq', value: false }] },
  { key: 'all', title: 'Все' },
];

const branchNames = ({ branchIds }: Row['document'], branches: Readonly<Record<string, string>>): string =>
  branchIds.map((id) => branches[id] ?? '').filter((text) => text !== '').join(', ');

const columnsOf = (branches: Readonly<Record<string, string>>): readonly ListColumn<Row>[] => [
  { key: 'lastName', title: 'ФИО', width: 200, min: 136, priority: 1, sort: 'lastName', cell: ({ document }) => shortName(document) },
  { key: 'login', title: 'Имя входа', width: 136, min: 96, priority: 1, sort: 'login', cell: ({ document }) => document.login },
  { key: 'roles', title: 'Роли', width: 280, min: 120, priority: 1, grow: true, cell: ({ document }) => document.roles.map((role) => roleTitles[role]).join(', ') },
  { key: 'branchIds', title: 'Филиалы', width: 208, min: 96, priority: 3, cell: ({ document }) => branchNames(document, branches), render: ({ document }) => <span className="okno-text2">{branchNames(document, branches)}</span> },
  { key: 'active', title: 'Вход', width: 128, min: 104, priority: 2, sort: 'active', cell: ({ document, pending }) => (pending ? 'К отправке' : document.active ? 'Разрешён' : 'Закрыт'), render: ({ document, pending }) => <StateCell tone={pending ? 'amber' : document.active ? 'green' : 'grey'}>{pending ? 'К отправке' : document.active ? 'Разрешён' : 'Закрыт'}</StateCell> },
];

/** «Пользователи»: who may log in, with which roles and branches. */
export function UserList(): ReactNode {
  const denied = useNotAllowed('user.create');
  const branches = useReferredNames(['branch']);
  const columns = useMemo(() => columnsOf(branches), [branches]);
  const create = (): void => {
    if (denied === undefined) openDocument('user', crypto.randomUUID(), { kind: 'new' });
  };
  return (
    <DocumentList
      id="users"
      type="user"
      title="Пользователи"
      columns={columns}
      sort={{ column: 'lastName', descending: false }}
      chips={chips}
      also={['branch']}
      onOpen={({ document }) => openDocument('user', document.id)}
      onInsert={create}
      commands={
        <Button variant="primary" hint="Ins" letter="С" reason={denied} onClick={create}>
          Создать
        </Button>
      }
      empty={({ chip }) => (chip === 'dismissed' ? { title: 'Таких пользователей нет', text: 'Всем, кто заведён, вход разрешён.' } : { title: 'Пользователей нет', text: 'Создайте первого: Ins.' })}
    />
  );
}
