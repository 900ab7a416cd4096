import { useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { foldAddress, isMailAddress } from '../../../shared/base/mail-address.ts';
import { runCommand } from '../../store/commands.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormBody } from '../../ui/field.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';

/** An address goes to the black list by hand, with the reason that others will read. */
export function AddFilterDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [id] = useState(() => crypto.randomUUID());
  const [address, setAddress] = useState('');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const add = async (): Promise<void> => {
    if (!isMailAddress(foldAddress(address))) {
      setError(address.trim() === '' ? 'Введите адрес' : 'Это не адрес: нужно имя, @ и домен');
      return;
    }
    const answer = await runCommand('mailFilter.add', { id, address, reason }, { quiet: true, said: `Добавлен в чёрный список: ${foldAddress(address)}` });
    if (answer.ok) onClose();
    else setError(describeRefusal(answer.refusal).text);
  };
  return (
    <Dialog
      title="Какой адрес добавить в чёрный список?"
      text="Новые письма с него станут «Нежелательной почтой» и не создадут задач. Пришедшие раньше не изменятся."
      onClose={onClose}
      width={560}
      actions={
        <Button level="dialog" variant="primary" letter="Д" hint="Alt+Д" onClick={() => void add()}>
          Добавить
        </Button>
      }
    >
      <FormBody label={96}>
        <div className="okno-section-block">
          <TextField
            label="Адрес"
            type="email"
            required
            reserve
            autoFocus
            maxLength={320}
            value={address}
            onChange={(typed) => {
              setAddress(typed);
              setError(undefined);
            }}
            error={error}
          />
          <TextArea label="Причина" value={reason} onChange={setReason} rows={3} />
        </div>
      </FormBody>
    </Dialog>
  );
}
