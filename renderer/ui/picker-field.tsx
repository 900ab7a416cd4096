import { Combobox, useCombobox } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { FieldFrame, type FieldProps } from './field.tsx';
import { Icon } from './icons.tsx';

export interface PickOption {
  readonly id: string;
  readonly label: string;
  /** What tells namesakes apart. */
  readonly details?: string;
}

export interface PickerFieldProps extends FieldProps<string | null> {
  /** Presentation of the chosen one. */
  readonly text: string;
  /** Finds options by typed text; at most a dozen. */
  readonly find: (typed: string) => Promise<readonly PickOption[]>;
  /** F4 and ⋯: opens the catalogue. */
  readonly onCatalogue?: (() => void) | undefined;
  /** Opens the chosen document (F2 in the field). */
  readonly onOpen?: (() => void) | undefined;
}

/** Options for what is typed; the answer of an older question never replaces a newer one. */
function useOptions(typed: string | null, find: PickerFieldProps['find']): readonly PickOption[] | null {
  const [options, setOptions] = useState<readonly PickOption[] | null>(null);
  const latest = useRef(find);
  useEffect(() => {
    latest.current = find;
  });
  useEffect(() => {
    if (typed === null) return;
    let current = true;
    const timer = setTimeout(() => {
      latest.current(typed).then(
        (found) => current && setOptions(found),
        () => current && setOptions([]),
      );
    }, 120);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [typed]);
  return options;
}

/** A reference to a document: typing filters, F4 or ⋯ opens the catalogue, × or Shift+F4 clears. */
export function PickerField({ value, onChange, text, find, onCatalogue, onOpen, name, required = false, reason, placeholder, ...frame }: PickerFieldProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const options = useOptions(typed, find);
  const close = (): void => {
    combobox.closeDropdown();
    setTyped(null);
  };
  const open = (): void => {
    setTyped('');
    combobox.openDropdown();
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && combobox.dropdownOpened) {
      event.preventDefault();
      close();
    } else if (reason !== undefined) {
      return;
    } else if (event.key === 'F4') {
      event.preventDefault();
      if (event.shiftKey) onChange(null);
      else if (onCatalogue === undefined) open();
      else onCatalogue();
    } else if (event.key === 'F2' && onOpen !== undefined && value !== null) {
      event.preventDefault();
      onOpen();
    } else if (event.key === 'ArrowDown' && event.altKey) {
      event.preventDefault();
      open();
    }
  };
  return (
    <Combobox
      store={combobox}
      readOnly={reason !== undefined}
      onOptionSubmit={(id) => {
        onChange(id);
        close();
      }}
    >
      <FieldFrame {...frame}>
        {({ id, describedBy }) => (
          <Combobox.DropdownTarget>
            <div className="okno-input" data-missing={required && value === null} data-wrong={frame.error !== undefined} aria-disabled={reason !== undefined} title={reason}>
              <Combobox.EventsTarget withExpandedAttribute>
                <input
                  id={id}
                  name={name}
                  role="combobox" // oxlint-disable-line jsx-a11y/role-has-required-aria-props -- the events target adds aria-expanded and aria-controls
                  value={typed ?? text}
                  placeholder={placeholder}
                  readOnly={reason !== undefined}
                  aria-describedby={describedBy}
                  aria-invalid={frame.error !== undefined}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => {
                    setTyped(event.currentTarget.value);
                    combobox.openDropdown();
                  }}
                  onBlur={close}
                  onKeyDown={keyDown}
                />
              </Combobox.EventsTarget>
              {value === null || reason !== undefined ? null : (
                <button type="button" tabIndex={-1} className="okno-input-button" aria-label={`Очистить: ${frame.label}`} onMouseDown={(event) => event.preventDefault()} onClick={() => onChange(null)}>
                  <Icon name="close" size={14} />
                </button>
              )}
              {onCatalogue === undefined || reason !== undefined ? null : (
                <button type="button" tabIndex={-1} className="okno-input-button" aria-label={`Выбрать из справочника: ${frame.label}`} onMouseDown={(event) => event.preventDefault()} onClick={onCatalogue}>
                  <Icon name="more" size={14} />
                </button>
              )}
            </div>
          </Combobox.DropdownTarget>
        )}
      </FieldFrame>
      <Combobox.Dropdown>
        <Combobox.Options>
          {options !== null && options.length === 0 ? <Combobox.Empty>Ничего не найдено{onCatalogue === undefined ? '' : '. F4 — весь справочник'}</Combobox.Empty> : null}
          {(options ?? []).map((option) => (
            <Combobox.Option key={option.id} value={option.id} active={option.id === value}>
              <span className="okno-cut">{option.label}</span>
              {option.details === undefined ? null : <span className="okno-text2 okno-cut">{option.details}</span>}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
