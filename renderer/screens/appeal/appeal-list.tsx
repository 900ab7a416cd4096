import type { ReactNode } from 'react';
import { appealStateTitles } from '../../../shared/domain/appeal/model.ts';
import { DocumentList, type DocumentChip } from '../../document/document-list.tsx';
import { openDocument } from '../../store/places.ts';
import { choicesOf } from '../../ui/choice-field.tsx';
import { appealColumns } from './appeal-columns.tsx';

const filters = [{ column: 'state', title: 'Состояние', choices: choicesOf(appealStateTitles) }] as const;
const chips: readonly DocumentChip[] = [
  { key: 'all', title: 'Все' },
  { key: 'awaits', title: 'Ожидают регистрации', where: [{ column: 'state', op: 'eq', value: 'awaitsRegistration' }] },
  { key: 'work', title: 'В работе', where: [{ column: 'state', op: 'in', value: ['preparation', 'check'] }] },
];

/** «Обращения»: the journal; a new one is made from its letter. */
export function AppealList(): ReactNode {
  return (
    <DocumentList
      id="appeals"
      type="appeal"
      title="Обращения"
      columns={appealColumns}
      sort={{ column: 'createdAt', descending: true }}
      chips={chips}
      filters={filters}
      also={['client', 'employee']}
      onOpen={({ document }) => openDocument('appeal', document.id)}
      empty={{ title: 'Обращений нет', text: 'Обращение создаётся из входящего письма кнопкой «Создать обращение».' }}
    />
  );
}
