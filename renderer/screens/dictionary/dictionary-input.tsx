import type { ReactNode } from 'react';
import { DocumentPicker } from '../../document/document-picker.tsx';
import type { BoundField } from '../../document/use-document-form.tsx';
import { CheckField } from '../../ui/choice-field.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { linesOf } from '../../ui/text-lines.ts';
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
      return <NumberField {...common} value={typeof value === 'number' ? value : null} onChange={onChange} />;
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
