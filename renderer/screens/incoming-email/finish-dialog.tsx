import { useState, type ReactNode } from 'react';
import { runCommand } from '../../store/commands.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormBody } from '../../ui/field.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';

/** «Завершить без ответа»: the reason is required, it is the outcome of the event (3.6). */
export function FinishDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const [reason, setReason] = useState('');
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState(false);
  const finish = async (): Promise<void> => {
    setTried(true);
    if (reason.trim() === '') return;
    const answer = await runCommand('incomingEmail.finish', { id, reason, comment }, { said: 'Письмо завершено без ответа' });
    if (answer.ok) onClose();
  };
  return (
    <Dialog
      title="Завершить письмо без ответа?"
      text="Задача будет выполнена, письмо перейдёт в состояние «Обработано». Отменить это нельзя."
      onClose={onClose}
      width={560}
      actions={
        <Button level="dialog" variant="primary" letter="З" hint="Alt+З" onClick={() => void finish()}>
          Завершить
        </Button>
      }
    >
      <FormBody label={112}>
        <TextField label="Причина" required reserve value={reason} onChange={setReason} autoFocus maxLength={1000} error={tried && reason.trim() === '' ? 'Укажите, почему ответа не будет' : undefined} />
        <TextArea label="Комментарий" value={comment} onChange={setComment} rows={3} />
      </FormBody>
    </Dialog>
  );
}
