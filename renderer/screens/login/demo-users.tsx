import type { ReactNode } from 'react';
import type { Welcome } from '../../../shared/protocol/http.ts';

type DemoUser = Welcome['demoUsers'][number];

/** Who can log in to the demo: the centre says it, production says nothing. */
export function DemoUsers({ users, onPick }: { readonly users: readonly DemoUser[]; readonly onPick: (user: DemoUser) => void }): ReactNode {
  return (
    <section className="okno-demo" aria-label="Пользователи демонстрационной базы">
      <h2>Демонстрационная база: кем войти</h2>
      {users.map((user) => (
        <button key={user.login} type="button" onClick={() => onPick(user)} title="Подставить имя и пароль">
          <span className="okno-cut">{user.name}</span>
          <span className="okno-cut okno-text2">{user.roles}</span>
          <span className="okno-demo-secret">
            {user.login} / {user.password}
          </span>
        </button>
      ))}
    </section>
  );
}
