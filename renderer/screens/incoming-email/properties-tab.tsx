import type { ReactNode } from 'react';
import { classesFor, classRowOf, type EmailField } from '../../../shared/domain/incoming-email/class-rules.ts';
import { outcomeTitles, type ContactEvent } from '../../../shared/domain/contact-event/model.ts';
import { classificationTitles, fromWhomTitles, type FromWhom } from '../../../shared/domain/incoming-email/model.ts';
import type { Candidate } from '../../../shared/protocol/ipc.ts';
import { DocumentPicker } from '../../document/document-picker.tsx';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { useDocument } from '../../document/use-document.ts';
import { openDocument } from '../../store/places.ts';
import { Button } from '../../ui/button.tsx';
import { choicesOf, SegmentedField } from '../../ui/choice-field.tsx';
import { FormBody, ReadonlyField, Section } from '../../ui/field.tsx';
import { formatMoment, formatRecent } from '../../ui/format.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { clientName, createClient } from './choose-client.ts';
import { CandidateRows } from './candidate-rows.tsx';
import { phonesOf, tellsApart } from './client-card.ts';
import type { EventComment } from './event-comment.ts';
import { subtopicsOf, topicName, useChosenEntries, useClassifier, withCategory, withSubtopic } from './use-classifier.ts';

export interface PropertiesTabProps {
  readonly form: DocumentForm<'incomingEmail'>;
  /** Fields with a red line while they are empty. */
  readonly required: readonly EmailField[];
  /** Why nothing can be changed. */
  readonly locked: string | undefined;
  readonly candidates: readonly Candidate[] | null;
  readonly onChoose: (client: { readonly id: string; readonly name: string }) => Promise<void>;
  /** Shows the tab «Клиенты». */
  readonly onClients: () => void;
  readonly event: ContactEvent | null;
  readonly comment: EventComment;
}

/** «Свойства»: classification, client, group of categories, number, the event's result. */
export function PropertiesTab(props: PropertiesTabProps): ReactNode {
  return (
    <div className="email-properties">
      <FormBody>
        <ClassificationSection {...props} />
        <ClientSection {...props} />
        <ClassFieldsSection {...props} />
        <RegistrationSection {...props} />
        <EventSection {...props} />
      </FormBody>
    </div>
  );
}

function ClassificationSection({ form, required, locked }: PropertiesTabProps): ReactNode {
  const { values } = form;
  const chooseFrom = (fromWhom: FromWhom): void => {
    const fits = values.classification !== null && classesFor(fromWhom).includes(values.classification);
    // «Не от потребителя» clears «Контакт»; a class of the other list goes.
    form.set({ fromWhom, ...(fits ? {} : { classification: null }), ...(fromWhom === 'notConsumer' ? { clientId: null } : {}) });
  };
  const classes = values.fromWhom === null ? [] : classesFor(values.fromWhom).map((value) => ({ value, label: classificationTitles[value] }));
  return (
    <Section title="Классификация">
      <SegmentedField label="От кого" choices={choicesOf(fromWhomTitles)} {...form.field('fromWhom')} required={required.includes('fromWhom')} onChange={chooseFrom} reason={locked} />
      <SelectField label="Классификация" choices={classes} {...form.field('classification')} required={required.includes('classification')} reason={locked ?? (values.fromWhom === null ? 'Сначала выберите, от кого письмо' : undefined)} />
    </Section>
  );
}

function ClientSection({ form, required, locked, candidates, onChoose, onClients }: PropertiesTabProps): ReactNode {
  const { values } = form;
  const field = form.field('clientId');
  const chosen = useDocument('client', values.clientId);
  if (values.fromWhom === 'notConsumer') {
    return (
      <div className="email-clients-block">
        <Section title="Клиент">
          <ReadonlyField label="Контакт">
            <span className="okno-text2">не заполняется: письмо не от потребителя услуг</span>
          </ReadonlyField>
        </Section>
      </div>
    );
  }
  const pick = async (id: string | null): Promise<void> => {
    if (id === null) form.set({ clientId: null });
    else await onChoose({ id, name: (await clientName(id)) ?? '' });
  };
  return (
    <div className="email-clients-block">
      <Section title="Клиент">
        <div className="email-contact">
          <DocumentPicker
            type="client"
            label="Контакт"
            {...field}
            text={values.clientId === null ? undefined : form.refs[values.clientId]}
            required={required.includes('clientId')}
            reason={locked}
            onChange={(id) => void pick(id)}
            details={({ document }) => [tellsApart(document), phonesOf(document)[0] ?? ''].filter((part) => part !== '').join(', ')}
            where={[]}
            sort="name"
            opens
          />
          <Button letter="К" reason={locked} onClick={() => createClient(values.id)}>
            Создать клиента
          </Button>
        </div>
        <CandidateRows candidates={candidates} chosenId={chosen?.document.id ?? values.clientId} locked={locked} onChoose={onChoose} onAll={onClients} />
      </Section>
    </div>
  );
}

function ClassFieldsSection({ form, required, locked }: PropertiesTabProps): ReactNode {
  const classifier = useClassifier();
  const called = useChosenEntries(form.values);
  const { values } = form;
  const row = classRowOf(values);
  const needed = row === null ? [] : [...row.beforeNumber, ...row.beforeForward];
  if (needed.includes('signatory')) {
    return (
      <div className="email-group-block">
        <Section title={values.classification === null ? '' : classificationTitles[values.classification]}>
          <TextField label="Подписант" {...form.field('signatory')} required={required.includes('signatory')} reason={locked} maxLength={300} />
          <TextField label="Время совещания" {...form.field('meetingTime')} required={required.includes('meetingTime')} reason={locked} maxLength={100} hint="Подписант и время добавятся к теме пересылаемого письма" />
        </Section>
      </div>
    );
  }
  if (row !== null && !needed.includes('kindId')) return <div className="email-group-block" />;
  const early = row === null ? 'Сначала выберите классификацию' : undefined;
  return (
    <div className="email-group-block">
      <Section title="Группа категорий">
        <SelectField label="Вид" choices={classifier.kinds.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))} text={called.kind} {...form.field('kindId')} required={required.includes('kindId')} reason={locked ?? early} clearable />
        <SelectField
          label="Категория"
          choices={classifier.categories.map(({ id, name }) => ({ value: id, label: name }))}
          text={called.category}
          {...form.field('categoryId')}
          required={required.includes('categoryId')}
          reason={locked ?? early}
          clearable
          onChange={(categoryId) => form.set(withCategory(classifier, categoryId, values.subtopicId))}
        />
        <SelectField
          label="Подтема"
          choices={subtopicsOf(classifier, values.categoryId).map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
          text={called.subtopic}
          {...form.field('subtopicId')}
          required={required.includes('subtopicId')}
          reason={locked ?? early}
          clearable
          onChange={(subtopicId) => form.set(withSubtopic(classifier, subtopicId, values.categoryId))}
        />
        <ReadonlyField label="Тематика">{topicName(classifier, values.subtopicId) || called.topic || <span className="okno-text2">заполнится по подтеме</span>}</ReadonlyField>
      </Section>
    </div>
  );
}

function RegistrationSection({ form }: PropertiesTabProps): ReactNode {
  const { base, values, pending } = form;
  const numbered = classRowOf(values)?.numbered === true;
  const hint = base.number === null ? (numbered ? 'При присвоении клиенту уйдёт автоответ с номером' : undefined) : pending ? 'Станет окончательным, когда его подтвердит центр; до этого автоответ не уходит' : undefined;
  return (
    <Section title="Регистрация">
      <ReadonlyField label="Номер" hint={hint}>
        {base.number === null ? (
          'не присвоен'
        ) : (
          <>
            {base.number}
            {base.numberedAt === null ? null : <span className="okno-text2"> присвоен {formatRecent(base.numberedAt)}</span>}
          </>
        )}
      </ReadonlyField>
      {base.appealId === null ? null : (
        <ReadonlyField label="Обращение">
          <button type="button" className="okno-link" onClick={() => openDocument('appeal', base.appealId ?? '')}>
            {form.refs[base.appealId] ?? 'Открыть'}
          </button>
        </ReadonlyField>
      )}
    </Section>
  );
}

function EventSection({ event, comment, locked }: PropertiesTabProps): ReactNode {
  if (event === null) return null;
  const outcome = event.outcome === null ? 'работа с письмом не завершена' : [outcomeTitles[event.outcome], event.outcomeDetails].filter((part) => part !== '').join(': ');
  return (
    <Section title="Событие">
      <ReadonlyField label="Номер события">{event.number ?? <span className="okno-text2">присвоит центр</span>}</ReadonlyField>
      <ReadonlyField label="Итог" hint={event.finishedAt === null ? undefined : formatMoment(event.finishedAt)}>
        {event.outcome === null ? <span className="okno-text2">{outcome}</span> : outcome}
      </ReadonlyField>
      <div onBlur={() => void comment.flush()}>
        <TextArea label="Комментарий" value={comment.value} onChange={comment.onChange} rows={2} maxRows={6} reason={locked !== undefined && event.outcome === null ? locked : undefined} />
      </div>
    </Section>
  );
}
