import { useState, type ReactNode } from 'react';
import { roleTitles } from '../../../shared/base/roles.ts';
import { DocumentPicker } from '../../document/document-picker.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormBody } from '../../ui/field.tsx';
import { formatCount, plural } from '../../ui/format.ts';

interface ReassignDialogProps {
  /** How many letters go to the chosen one. */
  readonly count: number;
  /** Who has the one letter now; null: nobody, or there are many. */
  readonly holderId: string | null;
  readonly onChosen: (userId: string) => void;
  readonly onClose: () => void;
}

/** «Переназначить»: a supervisor gives letters and their tasks to another. */
export function ReassignDialog({ count, holderId, onChosen, onClose }: ReassignDialogProps): ReactNode {
  const [userId, setUserId] = useState<string | null>(null);
  const isOne = count === 1;
  return (
    <Dialog
      title={isOne ? 'Кому переназначить письмо?' : `Кому переназначить ${formatCount(count)} ${plural(count, 'письмо', 'письма', 'писем')}?`}
      text={isOne && holderId === null ? 'Письмо сейчас в очереди.' : isOne ? 'Письмо и его задача перейдут к выбранному сотруднику.' : 'Письма и их задачи перейдут к выбранному сотруднику.'}
      onClose={onClose}
      actions={
        <Button level="dialog" variant="primary" letter="П" hint="Alt+П" reason={userId === null ? 'Выберите сотрудника' : userId === holderId ? 'Письмо уже у него' : undefined} onClick={() => (userId === null ? undefined : onChosen(userId))}>
          Переназначить
        </Button>
      }
    >
      <FormBody label={112}>
        <DocumentPicker type="user" label="Сотрудник" required value={userId} onChange={setUserId} where={[{ column: 'active', op: 'eq', value: true }]} sort="lastName" details={({ document }) => document.roles.map((role) => roleTitles[role]).join(', ')} />
      </FormBody>
    </Dialog>
  );
}
