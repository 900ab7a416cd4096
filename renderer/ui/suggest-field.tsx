import { Combobox, useCombobox } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { fold } from '../../shared/base/fold.ts';
import { FieldFrame, type FieldProps } from './field.tsx';
import { Icon } from './icons.tsx';

export interface SuggestFieldProps extends FieldProps<string> {
  readonly suggestions: readonly string[];
  readonly large?: boolean;
  readonly autoFocus?: boolean;
}

/** Free text with suggestions: Alt+↓ or the chevron shows them, typing filters. */
export function SuggestField({ suggestions, value, onChange, name, required = false, reason, placeholder, large = false, autoFocus = false, ...frame }: SuggestFieldProps): ReactNode {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const matching = suggestions.filter((one) => fold(one).includes(fold(value)));
  const shown = suggestions.includes(value) || matching.length === 0 ? suggestions : matching;
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && combobox.dropdownOpened) {
      event.preventDefault();
      combobox.closeDropdown();
    } else if ((event.key === 'ArrowDown' && event.altKey) || event.key === 'F4') {
      event.preventDefault();
      combobox.toggleDropdown();
    }
  };
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(chosen) => {
        onChange(chosen);
        combobox.closeDropdown();
      }}
    >
      <FieldFrame {...frame}>
        {({ id, describedBy }) => (
          <Combobox.DropdownTarget>
            <div className="okno-input" data-missing={required && value === ''} data-wrong={frame.error !== undefined} data-large={large} aria-disabled={reason !== undefined} title={reason}>
              <Combobox.EventsTarget withExpandedAttribute>
                <input
                  id={id}
                  name={name}
                  role="combobox" // oxlint-disable-line jsx-a11y/role-has-required-aria-props -- the events target adds aria-expanded and aria-controls
                  value={value}
                  placeholder={placeholder}
                  readOnly={reason !== undefined}
                  aria-describedby={describedBy}
                  aria-invalid={frame.error !== undefined}
                  autoComplete="off"
                  autoFocus={autoFocus} // eslint-disable-line jsx-a11y/no-autofocus -- login begins in the first empty field
                  spellCheck={false}
                  onChange={(event) => onChange(event.currentTarget.value)}
                  onBlur={() => combobox.closeDropdown()}
                  onKeyDown={keyDown}
                />
              </Combobox.EventsTarget>
              {suggestions.length === 0 ? null : (
                <button type="button" tabIndex={-1} className="okno-input-button" aria-label={`Показать: ${frame.label}`} onMouseDown={(event) => event.preventDefault()} onClick={() => combobox.toggleDropdown()}>
                  <Icon name="down" size={14} />
                </button>
              )}
            </div>
          </Combobox.DropdownTarget>
        )}
      </FieldFrame>
      {suggestions.length === 0 ? null : (
        <Combobox.Dropdown>
          <Combobox.Options>
            {shown.map((one) => (
              <Combobox.Option key={one} value={one} active={one === value}>
                {one}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      )}
    </Combobox>
  );
}
