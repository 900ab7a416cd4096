import { useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import type { Mailbox } from '../../../shared/domain/mailbox/model.ts';
import { call } from '../../bridge.ts';
import { useOffline } from '../../store/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormBody } from '../../ui/field.tsx';
import { tell } from '../../ui/status-message.ts';
import { TextField } from '../../ui/text-field.tsx';

type SecretName = 'password' | 'clientSecret' | 'refreshToken';

export const secretTitles: Readonly<Record<SecretName, string>> = { password: 'Пароль', clientSecret: 'Секрет клиента', refreshToken: 'Refresh token' };

export function secretNamesOf({ auth }: Pick<Mailbox, 'auth'>): readonly SecretName[] {
  return auth === 'password' ? ['password'] : ['clientSecret', 'refreshToken'];
}

/** «Задать пароль», «Задать секреты OAuth2»: at the centre only, sealed, shown to nobody again; what is left empty stays as it was. */
export function SecretDialog({ mailbox, onClose, onSet }: { readonly mailbox: Mailbox; readonly onClose: () => void; readonly onSet: () => void }): ReactNode {
  const offline = useOffline();
  const [typed, setTyped] = useState<Partial<Record<SecretName, string>>>({});
  const [error, setError] = useState<string>();
  const names = secretNamesOf(mailbox);
  const isPassword = mailbox.auth === 'password';
  const set = async (): Promise<void> => {
    const secrets = Object.fromEntries(names.flatMap((name) => (typed[name] ? [[name, typed[name]]] : [])));
    if (Object.keys(secrets).length === 0) {
      setError('Введите хотя бы одно значение');
      return;
    }
    const answer = await call('mailbox.setSecrets', { mailboxId: mailbox.id, secrets });
    if (answer.ok) {
      tell(`${isPassword ? 'Пароль задан' : 'Секреты OAuth2 заданы'}: ${mailbox.address}`, { tone: 'green' });
      onSet();
      onClose();
      return;
    }
    const { text, advice } = describeRefusal(answer.refusal);
    setError(answer.refusal.code === 'noConnection' ? 'Нет связи с центром: ничего не задано. Повторите, когда связь появится' : `${text}. ${advice}`);
  };
  return (
    <Dialog
      title={isPassword ? `Какой пароль у ящика ${mailbox.address}?` : `Какие секреты OAuth2 у ящика ${mailbox.address}?`}
      text="Хранится только в центре, в запечатанном виде. Посмотреть его потом нельзя, можно задать новый."
      onClose={onClose}
      width={560}
      actions={
        <Button level="dialog" variant="primary" letter="З" hint="Alt+З" reason={offline ? 'Нет связи с центром: секреты задаются только в центре' : undefined} onClick={() => void set()}>
          {isPassword ? 'Задать пароль' : 'Задать секреты'}
        </Button>
      }
    >
      <FormBody label={128}>
        <div className="okno-section-block">
          {names.map((name, index) => (
            <TextField
              key={name}
              label={secretTitles[name]}
              type="password"
              autoFocus={index === 0}
              autoComplete="new-password"
              maxLength={4000}
              value={typed[name] ?? ''}
              reserve={index === names.length - 1}
              error={index === names.length - 1 ? error : undefined}
              onChange={(value) => {
                setTyped({ ...typed, [name]: value });
                setError(undefined);
              }}
            />
          ))}
        </div>
      </FormBody>
    </Dialog>
  );
}
