import type { ReactNode } from 'react';
import { Tasks } from './tasks/tasks.tsx';

export interface Screen {
  /** Under «Открыто» until the document has told its own title, and for a list its name. */
  readonly title: string;
  readonly component: () => ReactNode;
}

/** Every screen of the product: lists by their own id, documents by their type. A new one is a line here. */
export const screens: Readonly<Record<string, Screen>> = {
  tasks: { title: 'Мои задачи', component: Tasks },
};
