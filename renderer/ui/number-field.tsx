import { useState, type ReactNode } from 'react';
import type { FieldProps } from './field.tsx';
import { TextField } from './text-field.tsx';

/** A number typed with a comma or a point; what is no number stays as typed and says so, and is null for the form. */
export function NumberField({ value, onChange, error, ...rest }: FieldProps<number | null>): ReactNode {
  const own = value === null ? '' : String(value).replace('.', ',');
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed !== null && !/^\d+(?:[.,]\d+)?$/.test(typed.trim());
  return (
    <TextField
      {...rest}
      value={typed ?? own}
      error={wrong ? 'Введите число' : error}
      onChange={(next) => {
        const isNumber = /^\d+(?:[.,]\d+)?$/.test(next.trim());
        setTyped(isNumber && !/[.,]\d*0$/.test(next) ? null : next);
        onChange(isNumber ? Number(next.trim().replace(',', '.')) : null);
      }}
    />
  );
}
