import { Combobox, useCombobox } from '@mantine/core';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { fold } from '../../shared/base/fold.ts';
import type { Choice } from './choice-field.tsx';
import { FieldFrame, type FieldProps } from './field.tsx';
import { Icon } from './icons.tsx';

export interface SelectFieldProps<V extends string> extends FieldProps<V | null> {
  readonly choices: readonly Choice<V>[];
  /** What the value is called where it is offered no more. */
  readonly text?: string | undefined;
  /** Shift+F4 and «нет» are possible. */
  readonly clearable?: boolean;
  readonly large?: boolean;
}

/** A short list: typing filters, Alt+↓ opens, Enter picks and then goes on, Shift+F4 clears. */
export function SelectField<V extends string>({ choices, text = '', value, onChange, name, required = false, reason, placeholder, clearable = false, large = false, ...frame }: SelectFieldProps<V>): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption(), onDropdownOpen: (source) => (source === 'keyboard' ? combobox.selectActiveOption() : combobox.updateSelectedOptionIndex('active')) });
  const current = choices.find((choice) => choice.value === value)?.label ?? (value === null ? '' : text);
  const shown = typed === null ? choices : choices.filter(({ label }) => fold(label).includes(fold(typed)));
  const close = (): void => {
    combobox.closeDropdown();
    setTyped(null);
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && combobox.dropdownOpened) {
      event.preventDefault();
      close();
    } else if (event.key === 'F4' && event.shiftKey && clearable && reason === undefined) {
      event.preventDefault();
      onChange(null);
    } else if ((event.key === 'F4' || (event.key === 'ArrowDown' && event.altKey)) && reason === undefined) {
      event.preventDefault();
      combobox.toggleDropdown('keyboard');
    }
  };
  return (
    <Combobox
      store={combobox}
      readOnly={reason !== undefined}
      onOptionSubmit={(chosen) => {
        const choice = choices.find((one) => one.value === chosen);
        if (choice !== undefined) onChange(choice.value);
        close();
      }}
    >
      <FieldFrame {...frame}>
        {({ id, describedBy }) => (
          <Combobox.DropdownTarget>
            <div className="okno-input" data-missing={required && value === null} data-wrong={frame.error !== undefined} data-large={large} aria-disabled={reason !== undefined} title={reason}>
              <Combobox.EventsTarget withExpandedAttribute>
                <input
                  id={id}
                  name={name}
                  role="combobox" // oxlint-disable-line jsx-a11y/role-has-required-aria-props -- the events target adds aria-expanded and aria-controls
                  value={typed ?? current}
                  placeholder={placeholder}
                  readOnly={reason !== undefined}
                  aria-describedby={describedBy}
                  aria-invalid={frame.error !== undefined}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => {
                    setTyped(event.currentTarget.value);
                    combobox.openDropdown();
                    combobox.updateSelectedOptionIndex();
                    queueMicrotask(() => combobox.selectFirstOption());
                  }}
                  onClick={() => {
                    if (reason === undefined) combobox.openDropdown();
                  }}
                  onBlur={close}
                  onKeyDown={keyDown}
                />
              </Combobox.EventsTarget>
              <Icon name="down" size={14} />
            </div>
          </Combobox.DropdownTarget>
        )}
      </FieldFrame>
      <Combobox.Dropdown>
        <Combobox.Options>
          {shown.length === 0 ? <Combobox.Empty>Ничего не найдено</Combobox.Empty> : null}
          {shown.map((choice) => (
            <Combobox.Option key={choice.value} value={choice.value} active={choice.value === value}>
              {choice.label}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
