import { useState, type ReactNode } from 'react';
import { Button } from '../button.tsx';
import { SelectField } from '../select-field.tsx';
import { TextField } from '../text-field.tsx';

/** Views of a list that the user has saved: columns, sort, filters and groups under a name. */
export interface ListViews {
  readonly names: readonly string[];
  /** The view that is shown unchanged. */
  readonly current: string | null;
  /** Null = as it was in the beginning. */
  readonly onShow: (name: string | null) => void;
  /** Saves what is shown now; a view of that name is replaced. */
  readonly onSave: (name: string) => void;
  readonly onRemove: (name: string) => void;
}

const LONGEST_NAME = 60;

/** Choosing, saving and removing views, in the settings of a list. */
export function ListViewsField({ views }: { readonly views: ListViews }): ReactNode {
  const [name, setName] = useState<string | null>(null);
  // The field that had the focus goes away: the button that opened it has it again.
  const [wasNamed, setWasNamed] = useState(false);
  const close = (): void => {
    setName(null);
    setWasNamed(true);
  };
  const { names, current } = views;
  const typed = name?.trim() ?? '';
  const save = (): void => {
    if (typed === '') return;
    views.onSave(typed);
    close();
  };
  return (
    <>
      <h3>Виды</h3>
      {names.length === 0 ? null : <SelectField label="Вид" choices={names.map((value) => ({ value, label: value }))} value={current} placeholder="Без имени" clearable onChange={views.onShow} />}
      {name === null ? (
        <div className="okno-list-views">
          <Button autoFocus={wasNamed} onClick={() => setName(current ?? '')}>Сохранить вид…</Button>
          {current === null ? null : (
            <Button variant="subtle" onClick={() => views.onRemove(current)}>
              Удалить вид
            </Button>
          )}
        </div>
      ) : (
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- Enter in the field saves
        <div
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            save();
          }}
        >
          <TextField label="Имя вида" value={name} maxLength={LONGEST_NAME} autoFocus onChange={setName} />
          <div className="okno-list-views">
            <Button variant="primary" reason={typed === '' ? 'Введите имя вида' : undefined} hint="Enter" onClick={save}>
              {names.includes(typed) ? 'Заменить' : 'Сохранить'}
            </Button>
            <Button variant="subtle" onClick={close}>
              Отмена
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
