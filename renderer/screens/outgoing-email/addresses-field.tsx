import { Combobox, useCombobox } from '@mantine/core';
import { useRef, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode } from 'react';
import { addressText, isMailAddress } from '../../../shared/base/mail-address.ts';
import type { MailAddress } from '../../../shared/domain/incoming-email/model.ts';
import { FieldFrame, type FieldProps } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { fittingAddresses, readAddress, readAddresses, splitAddresses, withAddresses } from './address-text.ts';

export interface AddressesFieldProps extends Omit<FieldProps<readonly MailAddress[]>, 'onChange'> {
  readonly onChange: (addresses: MailAddress[]) => void;
  /** Addressees used before, the likeliest first. */
  readonly suggested: readonly MailAddress[];
  readonly autoFocus?: boolean;
}

/** So many are shown as a row; the rest are counted. */
const MOST_SHOWN = 40;

/** Addresses typed freely or taken from those used before; a wrong one stays, red, to be corrected. What is being typed is in the value already, so no typing is lost. */
export function AddressesField({ value, onChange, suggested, name, required = false, reason, placeholder, autoFocus = false, ...frame }: AddressesFieldProps): ReactNode {
  const [typed, setTyped] = useState('');
  const [focused, setFocused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const whole = typed.trim() === '' ? value : value.slice(0, -1);
  const put = (list: readonly MailAddress[], rest: string): void => {
    setTyped(rest);
    onChange([...list, ...(rest.trim() === '' ? [] : [readAddress(rest)])]);
  };
  const type = (text: string): void => {
    const { whole: parts, rest } = splitAddresses(text);
    put(withAddresses(whole, parts.map(readAddress)), rest);
    combobox.openDropdown();
  };
  const settle = (): void => {
    if (typed.trim() !== '') put(withAddresses(whole, [readAddress(typed)]), '');
    else if (typed !== '') setTyped('');
  };
  const take = (address: string): void => {
    const chosen = suggested.find((one) => one.address === address);
    if (chosen !== undefined) put(withAddresses(whole, [chosen]), '');
    combobox.closeDropdown();
    input.current?.focus();
  };
  const remove = (address: MailAddress): void => put(whole.filter((one) => one !== address), typed);
  const keyDown = (event: KeyboardEvent): void => {
    if (reason !== undefined) return;
    if (event.key === 'Escape' && combobox.dropdownOpened) {
      event.preventDefault();
      combobox.closeDropdown();
    } else if (event.key === 'Enter' && typed.trim() !== '' && combobox.getSelectedOptionIndex() < 0) {
      event.preventDefault();
      settle();
      combobox.closeDropdown();
    } else if (event.key === 'Backspace' && typed === '' && whole.length > 0) {
      event.preventDefault();
      const last = whole.at(-1);
      if (last !== undefined) put(whole.slice(0, -1), addressText(last));
    } else if (event.key === 'F4' || (event.key === 'ArrowDown' && event.altKey)) {
      event.preventDefault();
      combobox.toggleDropdown();
    }
  };
  const paste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text');
    if (!/[,;\n\t]/.test(text)) return;
    event.preventDefault();
    put(withAddresses(whole, readAddresses(typed + text)), '');
  };
  const options = fittingAddresses(suggested, typed, whole);
  // While the last one is being typed it is not told that it is no address yet.
  const error = focused && typed.trim() !== '' && whole.every(({ address }) => isMailAddress(address)) ? undefined : frame.error;
  return (
    <Combobox store={combobox} readOnly={reason !== undefined} onOptionSubmit={take}>
      <FieldFrame {...frame} error={error} wide>
        {({ id, describedBy }) => (
          <Combobox.DropdownTarget>
            <div className="okno-input outgoing-addresses" data-missing={required && value.length === 0} data-wrong={error !== undefined} aria-disabled={reason !== undefined} title={reason}>
              {whole.slice(0, MOST_SHOWN).map((address) => (
                <AddressChip key={`${address.address} ${address.name}`} address={address} onRemove={reason === undefined ? () => remove(address) : undefined} />
              ))}
              {whole.length > MOST_SHOWN ? (
                <span className="okno-text2">
                  и ещё {whole.length - MOST_SHOWN}
                  {reason === undefined ? (
                    <>
                      {' '}
                      <button type="button" className="okno-link" onClick={() => put([], typed)}>
                        убрать все
                      </button>
                    </>
                  ) : null}
                </span>
              ) : null}
              <Combobox.EventsTarget withExpandedAttribute>
                <input
                  ref={input}
                  id={id}
                  name={name}
                  value={typed}
                  placeholder={value.length === 0 ? placeholder : undefined}
                  readOnly={reason !== undefined}
                  aria-describedby={describedBy}
                  aria-invalid={error !== undefined}
                  autoComplete="off"
                  autoFocus={autoFocus} // eslint-disable-line jsx-a11y/no-autofocus -- a letter begins with its addressee
                  spellCheck={false}
                  onChange={(event) => type(event.currentTarget.value)}
                  onFocus={() => setFocused(true)}
                  onClick={() => {
                    if (reason === undefined && options.length > 0) combobox.openDropdown();
                  }}
                  onBlur={() => {
                    setFocused(false);
                    settle();
                    combobox.closeDropdown();
                  }}
                  onKeyDown={keyDown}
                  onPaste={paste}
                />
              </Combobox.EventsTarget>
            </div>
          </Combobox.DropdownTarget>
        )}
      </FieldFrame>
      <Combobox.Dropdown hidden={options.length === 0}>
        <Combobox.Options>
          {options.map((option) => (
            <Combobox.Option key={option.address} value={option.address} onMouseDown={(event) => event.preventDefault()}>
              <span className="okno-cut">{option.name || option.address}</span>
              {option.name === '' ? null : <span className="okno-text2 okno-cut">{option.address}</span>}
            </Combobox.Option>
          ))}
        </Combobox.Options>
        <Combobox.Footer>Кому пересылали раньше такие письма</Combobox.Footer>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function AddressChip({ address, onRemove }: { readonly address: MailAddress; readonly onRemove: (() => void) | undefined }): ReactNode {
  const text = addressText(address);
  return (
    <span className="outgoing-address" data-wrong={!isMailAddress(address.address)} title={text}>
      <span className="okno-cut">{text || 'пустой адрес'}</span>
      {onRemove === undefined ? null : (
        <button type="button" tabIndex={-1} className="okno-input-button" aria-label={`Убрать ${text}`} onMouseDown={(event) => event.preventDefault()} onClick={onRemove}>
          <Icon name="close" size={12} />
        </button>
      )}
    </span>
  );
}
