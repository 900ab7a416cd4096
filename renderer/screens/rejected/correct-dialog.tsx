import { useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import type { RejectedCommand } from '../../../shared/protocol/ipc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormBody } from '../../ui/field.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { textOf, type Json } from '../../../shared/base/json.ts';
import { enteredLines, withEntered } from './entered-values.ts';
import { inputToSend } from './rejected-actions.ts';

/** Longer than one line of the dialog shows. */
const LONG = 50;
const longFields: ReadonlySet<string> = new Set(['text', 'content', 'comment', 'reason']);

/** What was typed, to be corrected before it goes again; all else goes as it was. */
export function CorrectDialog({ command, onSend, onClose }: { readonly command: RejectedCommand; readonly onSend: (input: Json) => void; readonly onClose: () => void }): ReactNode {
  const [input, setInput] = useState(() => inputToSend(command));
  const lines = enteredLines(command.name, input).filter(({ typed }) => typed);
  const [long] = useState(() => new Set(lines.filter(({ value, field }) => textOf(value).length > LONG || textOf(value).includes('\n') || longFields.has(field)).map(({ path }) => path.join('.'))));
  const { text } = describeRefusal(command.refusal);
  return (
    <Dialog
      title="Отправить ещё раз?"
      text={`${text}. Исправьте, если нужно; остальное уйдёт как было.`}
      width={640}
      onClose={onClose}
      actions={
        <Button level="dialog" variant="primary" letter="О" hint="Alt+О" onClick={() => onSend(input)}>
          Отправить ещё раз
        </Button>
      }
    >
      <div className="rejected-correct">
        <FormBody label={160}>
          <div className="okno-section-block">
            {lines.map(({ path, label, value }) => {
              const key = path.join('.');
              const field = { label, value: textOf(value), onChange: (typed: string) => setInput((held) => withEntered(held, path, typed)) };
              return long.has(key) ? <TextArea key={key} {...field} rows={3} /> : <TextField key={key} {...field} />;
            })}
          </div>
        </FormBody>
      </div>
    </Dialog>
  );
}
