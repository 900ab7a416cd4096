import { useState, type ReactNode } from 'react';
import { DocumentPicker } from '../../document/document-picker.tsx';
import type { BoundField } from '../../document/use-document-form.tsx';
import { CheckField } from '../../ui/choice-field.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { shownDay, typedDay } from './day-lines.ts';
import { dayStart, moscowDay, type DictionaryField } from './dictionary-fields.ts';

/** A field of a document whose type is known only by its declaration. */
export type AnyBound = BoundField<unknown>;

interface DictionaryInputProps {
  readonly field: DictionaryField;
  readonly bound: AnyBound;
  readonly reason: string | undefined;
  /** Presentation of a chosen reference. */
  readonly text: string | undefined;
}

/** The component of a field by its kind. */
export function DictionaryInput({ field, bound, reason, text }: DictionaryInputProps): ReactNode {
  const { value, onChange, ...rest } = bound;
  const common = { ...rest, label: field.label, hint: field.hint, reason };
  const typed = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'text':
      return <TextField {...common} value={typed} onChange={onChange} maxLength={1000} />;
    case 'longText':
      return <TextArea {...common} value={typed} onChange={onChange} rows={10} maxRows={40} />;
    case 'number':
      return <NumberInput {...common} value={value} onChange={onChange} />;
    case 'flag':
      return <CheckField label={field.label} name={rest.name} reason={reason} value={value === true} onChange={onChange} />;
    case 'date':
      return <DateField {...common} value={typed} onChange={onChange} />;
    case 'moment':
      return <DateField {...common} value={moscowDay(typed)} onChange={(day) => onChange(dayStart(day))} />;
    case 'lines':
      return <TextArea {...common} value={Array.isArray(value) ? value.join('\n') : ''} onChange={(lines) => onChange(linesOf(lines))} rows={3} />;
    case 'days':
      return <TextArea {...common} value={Array.isArray(value) ? value.map((day) => shownDay(String(day))).join('\n') : ''} onChange={(lines) => onChange(linesOf(lines).map(typedDay))} rows={3} />;
    case 'choice':
      return <SelectField {...common} value={typed === '' ? null : typed} choices={field.choices} onChange={onChange} />;
    case 'ref':
      return <DocumentPicker {...common} type={field.refType} text={text} value={typed === '' ? null : typed} onChange={(id) => onChange(id ?? '')} />;
  }
}

/** Lines without the empty ones between them: the last may be the one just begun. */
function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim()).filter((line, index, all) => line !== '' || index === all.length - 1);
}

/** A number typed with a comma or a point; what is no number stays as typed and says so. */
function NumberInput({ value, onChange, error, ...rest }: Omit<AnyBound, 'error'> & { readonly label: string; readonly hint: string | undefined; readonly reason: string | undefined; readonly error: string | undefined }): ReactNode {
  const own = typeof value === 'number' ? String(value).replace('.', ',') : '';
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
