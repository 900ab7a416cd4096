import { useEffect, useState, type ReactNode } from 'react';
import { textOf, type Json } from '../../../shared/base/json.ts';
import { autoReplyKindSchema } from '../../../shared/domain/auto-reply/model.ts';
import { dictionaryNames, type DictionaryName } from '../../../shared/domain/dictionary/commands.ts';
import { documentTypes, type DocumentMap } from '../../../shared/domain/documents.ts';
import { call } from '../../bridge.ts';
import { usePlace } from '../../document/place-context.ts';
import { useDocumentForm } from '../../document/use-document-form.tsx';
import { dropPlace, openDocument } from '../../store/places.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CommandBar, CommandGap } from '../../ui/command-bar.tsx';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { FormBody, Section } from '../../ui/field.tsx';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { AutoReplyPlaces } from '../auto-reply/auto-reply-places.tsx';
import { markForDeletion } from './deletion-mark.ts';
import { DictionaryInput, type AnyBound } from './dictionary-input.tsx';
import { dictionaryText, dictionaryViews, entryProblems, newEntry, termFields } from './dictionary-fields.ts';
import { useNotWritable } from './use-not-writable.ts';
import './dictionary.css';

type Entry = Readonly<Record<string, Json>>;

/** An entry of any catalogue: opened by id, new (`kind`: new), or a new version of another (`copyOf`). */
export function DictionaryForm(): ReactNode {
  const { key, screen, params } = usePlace();
  const id = params['id'] ?? '';
  const type = dictionaryNames.find((name) => name === screen);
  const isNew = params['kind'] === 'new';
  const copyOf = params['copyOf'];
  const [initial, setInitial] = useState<Entry | 'stored' | 'failed' | null>(null);
  useEffect(() => {
    if (type === undefined) return;
    let current = true;
    const begin = async (): Promise<Entry | 'stored'> => {
      if (!isNew || (await call('document.get', { type, id })) !== null) return 'stored';
      const copied = copyOf === undefined ? null : await call('document.get', { type, id: copyOf });
      return newEntry(type, id, copied === null ? {} : { ...copied.document, ...(type === 'rule' ? { validFrom: '', confirmed: false } : {}) });
    };
    begin().then(
      (value) => current && setInitial((held) => held ?? value),
      () => current && setInitial('failed'),
    );
    return () => {
      current = false;
    };
  }, [type, id, isNew, copyOf]);
  const slow = useSlow(initial === null);
  if (type === undefined || initial === null || initial === 'failed') {
    return (
      <DocumentFrame title={type === undefined ? 'Справочник' : documentTypes[type].title} onClose={() => dropPlace(key)}>
        {initial === 'failed' || type === undefined ? <EmptyState title="Запись не прочитана">Закройте её и откройте снова. Введённое раньше не потеряно.</EmptyState> : slow ? <LoadingRows /> : null}
      </DocumentFrame>
    );
  }
  return <DictionaryEditor type={type} id={id} initial={initial === 'stored' ? null : initial} />;
}

function DictionaryEditor({ type, id, initial }: { readonly type: DictionaryName; readonly id: string; readonly initial: Entry | null }): ReactNode {
  const view = dictionaryViews[type];
  const { fields } = view;
  const title = documentTypes[type].title;
  const denied = useNotWritable(type);
  const form = useDocumentForm<DictionaryName>({
    type,
    id,
    initial: initial as DocumentMap[DictionaryName] | null, // made from the catalogue's own fields
    title: (values) => `${title}: ${entryName(values as unknown as Entry)}`, // documents are JSON
    labels: Object.fromEntries(fields.map(({ name, label }) => [name, label])),
    required: () => fields.filter(({ required }) => required === true).map(({ name }) => name),
    check: (values) => entryProblems(type, values as unknown as Entry), // documents are JSON
    write: ({ values }) => ({ name: 'dictionary.write', input: { type, document: values } }),
    display: (path, value) => {
      const field = fields.find(({ name }) => name === path);
      return field === undefined ? textOf(value) : dictionaryText(field, value, {});
    },
  });
  if (form.missing) {
    return (
      <DocumentFrame title={title} onClose={form.close}>
        <EmptyState title="Этой записи нет на рабочем месте">Возможно, она ещё не загружена. Обновите список или проверьте связь с центром.</EmptyState>
      </DocumentFrame>
    );
  }
  if (!form.ready) return <DocumentFrame title={title} onClose={form.close}>{null}</DocumentFrame>;
  const values = form.values as unknown as Entry; // documents are JSON
  const bound = form.field as unknown as (name: string) => AnyBound; // the names come from the declaration of this very type
  const isMarked = values['deleted'] === true;
  const fixed = type === 'rule' && !form.isNew ? 'Срок меняется новой версией с датой начала' : undefined;
  return (
    <DocumentFrame
      title={`${title}: ${form.isNew ? 'новая запись' : entryName(values)}`}
      {...(isMarked ? { badge: <Badge>Помечено на удаление</Badge> } : {})}
      note={form.pending ? 'к отправке в центр' : undefined}
      onClose={form.close}
      strip={denied === undefined ? form.restored ? <Strip tone="neutral">Введённое до закрытия программы восстановлено.</Strip> : null : <Strip tone="neutral">{denied}.</Strip>}
      commands={
        <CommandBar>
          <Button variant="primary" keys="Ctrl+Enter" reason={denied} onClick={() => void form.saveAndClose()}>
            Записать и закрыть
          </Button>
          <Button keys="Ctrl+S" reason={denied} onClick={() => void form.save()}>
            Записать
          </Button>
          {form.isNew || view.single === true ? null : (
            <>
              <CommandGap />
              <Button variant={isMarked ? 'default' : 'danger'} letter="П" reason={denied} onClick={() => void markForDeletion(type, form.base as unknown as Entry, !isMarked, entryName(values))}>
                {isMarked ? 'Снять пометку удаления' : 'Пометить на удаление'}
              </Button>
            </>
          )}
          {type === 'rule' && !form.isNew ? (
            <>
              <CommandGap />
              <Button letter="В" reason={denied} onClick={() => openDocument('rule', crypto.randomUUID(), { kind: 'new', copyOf: id })}>
                Новая версия
              </Button>
            </>
          ) : null}
        </CommandBar>
      }
    >
      <div className="dictionary-body">
        <FormBody label={168}>
          <Section>
            {fields.map((field) => (
              <DictionaryInput key={field.name} field={field} bound={bound(field.name)} reason={denied ?? (termFields.has(field.name) ? fixed : undefined)} text={form.refs[textOf(values[field.name])]} />
            ))}
          </Section>
        </FormBody>
        {type === 'autoReply' ? <AutoReplyPlaces kind={autoReplyKindSchema.catch('number').parse(values['kind'])} text={`${textOf(values['subject'])} ${textOf(values['text'])}`} /> : null}
      </div>
      {form.dialogs}
    </DocumentFrame>
  );
}

function entryName(values: Entry): string {
  const shown = ['name', 'number', 'lastName', 'subject', 'clientsMailbox'].map((name) => values[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof shown === 'string' ? shown : typeof values['year'] === 'number' ? `${String(values['year'])} год` : 'новая запись';
}
