import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormBody } from '../../ui/field.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { TextArea, TextField } from '../../ui/text-field.tsx';

/** Why letters get no answer: the outcome of their events (3.6). */
export interface NoAnswer {
  readonly reason: string;
  readonly comment: string;
}

interface FinishDialogProps {
  /** How many letters end so. */
  readonly count: number;
  readonly onFinish: (said: NoAnswer) => void;
  readonly onClose: () => void;
}

/** «Завершить без ответа»: the reason is required. */
export function FinishDialog({ count, onFinish, onClose }: FinishDialogProps): ReactNode {
  const [reason, setReason] = useState('');
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState(false);
  const finish = (): void => {
    setTried(true);
    if (reason.trim() !== '') onFinish({ reason, comment });
  };
  const isOne = count === 1;
  return (
    <Dialog
      title={isOne ? 'Завершить письмо без ответа?' : `Завершить без ответа ${formatCount(count)} ${plural(count, 'письмо', 'письма', 'писем')}?`}
      text={isOne ? 'Задача будет выполнена, письмо перейдёт в состояние «Обработано». Отменить это нельзя.' : 'Задачи будут выполнены, письма перейдут в состояние «Обработано». Отменить это нельзя.'}
      onClose={onClose}
      width={560}
      actions={
        <Button level="dialog" variant="primary" letter="З" hint="Alt+З" onClick={finish}>
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
