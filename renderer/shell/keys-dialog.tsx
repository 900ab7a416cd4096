import { useState, type ReactNode } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { activeHotkeys } from '../ui/hotkeys.ts';

const everywhere: readonly (readonly [keys: string, title: string])[] = [
  ['Enter', 'Главное действие строки; в поле — к следующему полю'],
  ['Alt+буква', 'Кнопка с подчёркнутой буквой'],
  ['F4', 'Выбрать из справочника'],
  ['Shift+F4', 'Очистить поле'],
  ['Alt+↓', 'Открыть короткий список'],
  ['Пробел, Shift+↑↓, Ctrl+A', 'Отметить строки списка'],
  ['← →', 'Свернуть, развернуть группу списка'],
];

/** F1: keys of this screen, as they are now. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [keys] = useState(() => {
    const seen = new Set<string>();
    return activeHotkeys().filter(({ keys: one, title, level }) => level !== 'dialog' && title !== '' && !seen.has(one) && seen.add(one).size > 0);
  });
  return (
    <Dialog title="Клавиши этого экрана" width={760} cancel="Закрыть" onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <div className="okno-keys" tabIndex={0} role="region" aria-label="Клавиши">
        {[...keys.map(({ keys: one, title }) => [one, title] as const), ...everywhere].map(([one, title]) => (
          <div key={`${one} ${title}`}>
            <span>{title}</span>
            <span className="okno-text2">{one}</span>
          </div>
        ))}
      </div>
    </Dialog>
  );
}
