import { useState, type ReactNode } from 'react';
import { roleTitles } from '../../../shared/base/roles.ts';
import { DocumentPicker } from '../../document/document-picker.tsx';
import { runCommand } from '../../store/commands.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormBody } from '../../ui/field.tsx';

/** «Переназначить»: a supervisor gives the letter and its task to another. */
export function ReassignDialog({ id, holderId, onClose }: { readonly id: string; readonly holderId: string | null; readonly onClose: () => void }): ReactNode {
  const [userId, setUserId] = useState<string | null>(null);
  const reassign = async (): Promise<void> => {
    if (userId === null) return;
    const answer = await runCommand('incomingEmail.reassign', { id, userId }, { said: 'Письмо переназначено' });
    if (answer.ok) onClose();
  };
  return (
    <Dialog
      title="Кому переназначить письмо?"
      text={holderId === null ? 'Письмо сейчас в очереди.' : 'Письмо и его задача перейдут к выбранному сотруднику.'}
      onClose={onClose}
      actions={
        <Button level="dialog" variant="primary" letter="П" hint="Alt+П" reason={userId === null ? 'Выберите сотрудника' : userId === holderId ? 'Письмо уже у него' : undefined} onClick={() => void reassign()}>
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
