import { useEffect, useState, type ReactNode } from 'react';
import { textOf } from '../../../shared/base/json.ts';
import { roles, roleTitles } from '../../../shared/base/roles.ts';
import { shortName, type User } from '../../../shared/domain/user/model.ts';
import { call } from '../../bridge.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { DocumentPicker } from '../../document/document-picker.tsx';
import { usePlace } from '../../document/place-context.ts';
import type { DocumentRow } from '../../document/rows.ts';
import { useDocumentForm, type DocumentForm } from '../../document/use-document-form.tsx';
import { onChanged } from '../../store/changes.ts';
import { useNotAllowed } from '../../store/commands.ts';
import { useOffline } from '../../store/connection.ts';
import { dropPlace } from '../../store/places.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Check, CheckField } from '../../ui/choice-field.tsx';
import { CommandBar, CommandGap } from '../../ui/command-bar.tsx';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { FormBody, Section } from '../../ui/field.tsx';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import './user.css';

const labels: Readonly<Record<string, string>> = { login: 'Имя входа', lastName: 'Фамилия', firstName: 'Имя', middleName: 'Отчество', employeeId: 'Сотрудник', roles: 'Роли', branchIds: 'Филиалы', active: 'Вход разрешён' };

function newUser(id: string): User {
  return { id, login: '', lastName: '', firstName: '', middleName: '', employeeId: null, roles: [], branchIds: [], active: true };
}

/** «Пользователь»: opened by id, or new (`kind`: new). */
export function UserForm(): ReactNode {
  const { key, params } = usePlace();
  const id = params['id'] ?? '';
  const isNew = params['kind'] === 'new';
  const [initial, setInitial] = useState<User | 'stored' | 'failed' | null>(null);
  useEffect(() => {
    let current = true;
    const begin = async (): Promise<User | 'stored'> => (isNew && (await call('document.get', { type: 'user', id })) === null ? newUser(id) : 'stored');
    begin().then(
      (value) => current && setInitial((held) => held ?? value),
      () => current && setInitial('failed'),
    );
    return () => {
      current = false;
    };
  }, [id, isNew]);
  const slow = useSlow(initial === null);
  if (initial === null || initial === 'failed') {
    return (
      <DocumentFrame title="Пользователь" onClose={() => dropPlace(key)}>
        {initial === 'failed' ? <EmptyState title="Карточка не прочитана">Закройте её и откройте снова. Введённое раньше не потеряно.</EmptyState> : slow ? <LoadingRows /> : null}
      </DocumentFrame>
    );
  }
  return <UserEditor id={id} initial={initial === 'stored' ? null : initial} />;
}

function UserEditor({ id, initial }: { readonly id: string; readonly initial: User | null }): ReactNode {
  const branches = useBranches();
  const form = useDocumentForm({
    type: 'user',
    id,
    initial,
    title: (values) => (values.lastName === '' ? 'Новый пользователь' : shortName(values)),
    labels,
    required: () => ['login', 'lastName', 'roles'],
    write: ({ values, edits, isNew }) => (isNew ? { name: 'user.create', input: { user: values } } : { name: 'user.save', input: { id, edits } }),
    display: (_path, value) => {
      if (typeof value === 'boolean') return value ? 'да' : 'нет';
      const titles = Object.fromEntries<string>([...Object.entries(roleTitles), ...branches.map(({ document }) => [document.id, document.name] as const)]);
      return Array.isArray(value) ? value.map((one) => titles[textOf(one)] ?? textOf(one)).join(', ') : textOf(value);
    },
  });
  if (form.missing) {
    return (
      <DocumentFrame title="Пользователь" onClose={form.close}>
        <EmptyState title="Этой карточки нет на рабочем месте">Возможно, она ещё не загружена. Обновите список или проверьте связь с центром.</EmptyState>
      </DocumentFrame>
    );
  }
  if (!form.ready) return <DocumentFrame title="Пользователь" onClose={form.close}>{null}</DocumentFrame>;
  return <OpenUser form={form} branches={branches} />;
}

function OpenUser({ form, branches }: { readonly form: DocumentForm<'user'>; readonly branches: readonly DocumentRow<'branch'>[] }): ReactNode {
  const { values, base, isNew } = form;
  const denied = useNotAllowed(isNew ? 'user.create' : 'user.save');
  const offline = useOffline();
  const [password, setPassword] = useState(false);
  const noPassword = denied ?? (isNew ? 'Сначала запишите пользователя' : offline ? 'Нет связи с центром: пароль задаётся только в центре' : form.pending ? 'Пользователь ещё не принят центром, подождите' : undefined);
  return (
    <DocumentFrame
      title={isNew ? 'Новый пользователь' : shortName(base)}
      badge={<Badge tone={base.active ? 'green' : 'grey'}>{base.active ? 'Вход разрешён' : 'Вход закрыт'}</Badge>}
      note={form.pending ? 'к отправке в центр' : undefined}
      onClose={form.close}
      strip={
        <>
          {form.restored ? <Strip tone="neutral">Введённое до закрытия программы восстановлено.</Strip> : null}
          {offline ? <Strip>Нет связи с центром: карточку можно записать, она уйдёт сама. Пароль без связи задать нельзя.</Strip> : null}
        </>
      }
      commands={
        <CommandBar>
          <Button variant="primary" keys="Ctrl+Enter" reason={denied} onClick={() => void form.saveAndClose()}>
            Записать и закрыть
          </Button>
          <Button keys="Ctrl+S" reason={denied} onClick={() => void form.save()}>
            Записать
          </Button>
          <CommandGap />
          <Button letter="П" reason={noPassword} onClick={() => setPassword(true)}>
            Задать пароль
          </Button>
        </CommandBar>
      }
    >
      <FormBody columns={2} label={136}>
        <Section title="Кто это">
          <TextField label="Имя входа" reserve {...form.field('login')} reason={denied} maxLength={100} />
          <TextField label="Фамилия" {...form.field('lastName')} reason={denied} maxLength={100} />
          <TextField label="Имя" {...form.field('firstName')} reason={denied} maxLength={100} />
          <TextField label="Отчество" {...form.field('middleName')} reason={denied} maxLength={100} />
          <DocumentPicker type="employee" label="Сотрудник" {...form.field('employeeId')} reason={denied} text={form.refs[values.employeeId ?? '']} details={({ document }) => document.position} />
          <CheckField label="Вход разрешён" {...form.field('active')} reason={denied} />
        </Section>
        <div className="user-rights">
          <CheckList title="Роли" missing={values.roles.length === 0 ? 'Нужна хотя бы одна роль' : undefined} choices={roles.map((role) => ({ id: role, label: roleTitles[role] }))} chosen={values.roles} reason={denied} onChange={(chosen) => form.set({ roles: roles.filter((role) => chosen.includes(role)) })} />
          <CheckList title="Филиалы" choices={branches.map(({ document }) => ({ id: document.id, label: document.name }))} chosen={values.branchIds} reason={denied} onChange={(branchIds) => form.set({ branchIds: [...branchIds] })} />
        </div>
      </FormBody>
      {password ? <PasswordDialog user={base} onClose={() => setPassword(false)} /> : null}
      {form.dialogs}
    </DocumentFrame>
  );
}

interface CheckListProps {
  readonly title: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly reason: string | undefined;
  readonly missing?: string | undefined;
}

/** Several of a short list, one check box each. */
function CheckList({ title, choices, chosen, onChange, reason, missing }: CheckListProps): ReactNode {
  return (
    <Section title={title}>
      {choices.length === 0 ? <span className="okno-text2">Справочник пуст</span> : null}
      {choices.map(({ id, label }) => (
        <Check key={id} label={label} checked={chosen.includes(id)} reason={reason} onChange={(checked) => onChange(checked ? [...chosen, id] : chosen.filter((one) => one !== id))} />
      ))}
      {missing === undefined ? null : <span className="okno-error">{missing}</span>}
    </Section>
  );
}

/** The branches of the company, followed. */
function useBranches(): readonly DocumentRow<'branch'>[] {
  const [branches, setBranches] = useState<readonly DocumentRow<'branch'>[]>([]);
  useEffect(() => {
    let current = true;
    const read = (): void => {
      void listDocuments('branch', { sort: [{ column: 'name', descending: false }] }).then((found) => {
        if (current) setBranches(found);
      });
    };
    read();
    const stop = onChanged(['branch'], read);
    return () => {
      current = false;
      stop();
    };
  }, []);
  return branches;
}
