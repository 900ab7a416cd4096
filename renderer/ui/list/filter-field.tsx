import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Choice } from '../choice-field.tsx';
import { DateField } from '../date-field.tsx';
import { SelectField } from '../select-field.tsx';
import { TextField } from '../text-field.tsx';
import { periodOf, periodValue, type FilterPeriod, type ListFilterField } from './filters.ts';

interface FilterFieldProps {
  readonly filter: ListFilterField;
  readonly choices: readonly Choice[];
  readonly value: string | null;
  /** Null takes the filter off. */
  readonly onChange: (value: string | null) => void;
}

/** One filter in the settings of a list. */
export function FilterField({ filter, choices, value, onChange }: FilterFieldProps): ReactNode {
  if (!('kind' in filter)) return <SelectField label={filter.title} choices={choices} value={value} placeholder="Все" clearable onChange={onChange} />;
  if (filter.kind === 'text') return <TextFilter title={filter.title} value={value ?? ''} onChange={onChange} />;
  return <PeriodFilter title={filter.title} value={value} onChange={onChange} />;
}

const REST_MS = 300;
const LONGEST = 200;

/** A part of the column's text: rows are asked for once the typing rests. */
function TextFilter({ title, value, onChange }: { readonly title: string; readonly value: string; readonly onChange: (value: string | null) => void }): ReactNode {
  const [typed, setTyped] = useState(value);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const asked = useRef(value);
  // Only a text given from outside is taken over: what one's own asking brings may come back when more has been typed.
  useEffect(() => {
    if (value !== asked.current) setTyped(value);
    asked.current = value;
  }, [value]);
  useEffect(() => {
    const text = typed.trim();
    if (text === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = text;
      latest.current(text === '' ? null : text);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return <TextField label={title} value={typed} placeholder="содержит" maxLength={LONGEST} onChange={setTyped} />;
}

function PeriodFilter({ title, value, onChange }: { readonly title: string; readonly value: string | null; readonly onChange: (value: string | null) => void }): ReactNode {
  const period = periodOf(value);
  const change = (part: Partial<FilterPeriod>): void => onChange(periodValue({ ...period, ...part }));
  return (
    <>
      <DateField label={`${title}: с`} value={period.from} onChange={(from) => change({ from: from.slice(0, 10) })} />
      <DateField label={`${title}: по`} value={period.to} onChange={(to) => change({ to: to.slice(0, 10) })} />
    </>
  );
}
