import { DateInput } from '@mantine/dates';
import type { ReactNode } from 'react';
import { FieldFrame, type FieldProps } from './field.tsx';
import { typedDay } from './format.ts';

const calendarLabels = { previousMonth: 'Предыдущий месяц', nextMonth: 'Следующий месяц', previousYear: 'Предыдущий год', nextYear: 'Следующий год', previousDecade: 'Предыдущие десять лет', nextDecade: 'Следующие десять лет' };

/** A date as `YYYY-MM-DD`, empty text for none; typed as дд.мм.гггг or picked. */
export function DateField({ value, onChange, name, required = false, reason, placeholder = 'дд.мм.гггг', ...frame }: FieldProps<string>): ReactNode {
  return (
    <FieldFrame {...frame}>
      {({ id, describedBy }) => (
        <div className="okno-input okno-input-date" data-missing={required && value === ''} data-wrong={frame.error !== undefined} aria-disabled={reason !== undefined} title={reason}>
          <DateInput
            id={id}
            {...(name === undefined ? {} : { name })}
            {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
            variant="unstyled"
            locale="ru"
            valueFormat="DD.MM.YYYY"
            value={value === '' ? null : value}
            placeholder={placeholder}
            readOnly={reason !== undefined}
            dateParser={typedDay}
            clearable={false}
            allowDeselect
            ariaLabels={calendarLabels}
            popoverProps={{ transitionProps: { duration: 0 } }}
            onChange={(chosen) => onChange(chosen ?? '')}
          />
        </div>
      )}
    </FieldFrame>
  );
}
