import { useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { shortName, type User } from '../../../shared/domain/user/model.ts';
import { call } from '../../bridge.ts';
import { useOffline } from '../../store/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/choice-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormBody } from '../../ui/field.tsx';
import { tell } from '../../ui/status-message.ts';
import { TextField } from '../../ui/text-field.tsx';

const SHORTEST = 8;

/** «Задать пароль»: at the centre only, in no history; a one-time one must be changed at the first login. */
export function PasswordDialog({ user, onClose }: { readonly user: User; readonly onClose: () => void }): ReactNode {
  const offline = useOffline();
  const [password, setPassword] = useState('');
  const [oneTime, setOneTime] = useState(true);
  const [error, setError] = useState<string>();
  const set = async (): Promise<void> => {
    if (password.length < SHORTEST) {
      setError(`Пароль не короче ${SHORTEST} знаков`);
      return;
    }
    const answer = await call('user.setPassword', { userId: user.id, password, oneTime });
    if (answer.ok) {
      tell(`Пароль задан: ${shortName(user)}`, { tone: 'green' });
      onClose();
      return;
    }
    const { text, advice } = describeRefusal(answer.refusal);
    setError(answer.refusal.code === 'noConnection' ? 'Нет связи с центром: пароль не задан. Повторите, когда связь появится' : `${text}. ${advice}`);
  };
  return (
    <Dialog
      title={`Какой пароль задать: ${shortName(user)}?`}
      text="Прежний пароль перестанет действовать, сеансы пользователя завершатся. Отменить это нельзя."
      onClose={onClose}
      width={560}
      actions={
        <Button level="dialog" variant="primary" letter="З" hint="Alt+З" reason={offline ? 'Нет связи с центром: пароль задаётся только в центре' : undefined} onClick={() => void set()}>
          Задать пароль
        </Button>
      }
    >
      <FormBody label={96}>
        <div className="okno-section-block">
          <TextField
            label="Пароль"
            required
            reserve
            autoFocus
            autoComplete="new-password"
            maxLength={200}
            value={password}
            onChange={(typed) => {
              setPassword(typed);
              setError(undefined);
            }}
            error={error}
          />
          <Check label="Одноразовый: при входе программа попросит новый" checked={oneTime} onChange={setOneTime} />
        </div>
      </FormBody>
    </Dialog>
  );
}
