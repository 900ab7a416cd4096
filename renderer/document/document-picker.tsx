import { useEffect, useState, type ReactNode } from 'react';
import type { DocumentName } from '../../shared/domain/documents.ts';
import { documentTypes } from '../../shared/domain/documents.ts';
import type { ListFilter } from '../../shared/protocol/list.ts';
import { call } from '../bridge.ts';
import { openDocument } from '../store/places.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { FieldProps } from '../ui/field.tsx';
import type { ListColumn } from '../ui/list/columns.ts';
import { PickerField } from '../ui/picker-field.tsx';
import { DocumentList, listDocuments } from './document-list.tsx';
import { rowOf, type DocumentRow } from './rows.ts';

export interface DocumentPickerProps<K extends DocumentName> extends FieldProps<string | null> {
  readonly type: K;
  /** Only these: subtopics of the chosen category. */
  readonly where?: readonly ListFilter[];
  /** Presentation of the value if the form already has it (`form.refs[id]`). */
  readonly text?: string | undefined;
  /** What tells namesakes apart in the short list. */
  readonly details?: (row: DocumentRow<K>) => string;
  /** Columns of the catalogue; by default one with the presentation. */
  readonly columns?: readonly ListColumn<DocumentRow<K>>[];
  readonly sort?: string;
  /** The document has a screen of its own: F2 in the field opens it. */
  readonly opens?: boolean;
}

function presentation<K extends DocumentName>(type: K, row: DocumentRow<K>): string {
  return documentTypes[type].presentation(row.document);
}

/** Presentation of the chosen document: what the form has, else read from the local base. */
function usePresentation<K extends DocumentName>(type: K, id: string | null, given: string | undefined): string {
  const [read, setRead] = useState<{ readonly id: string; readonly text: string }>();
  useEffect(() => {
    if (id === null || given !== undefined) return;
    let current = true;
    void call('document.get', { type, id }).then((row) => {
      if (current) setRead({ id, text: row === null ? 'не загружено на этот компьютер' : presentation(type, rowOf<K>(row)) });
    });
    return () => {
      current = false;
    };
  }, [type, id, given]);
  if (id === null) return '';
  return given ?? (read?.id === id ? read.text : '');
}

/** A field that refers to a document: typing filters, F4 or ⋯ opens its catalogue over this document. */
export function DocumentPicker<K extends DocumentName>({ type, where = [], text, details, columns, sort, opens = false, ...field }: DocumentPickerProps<K>): ReactNode {
  const [catalogue, setCatalogue] = useState(false);
  const [chosen, setChosen] = useState<DocumentRow<K> | null>(null);
  const shown = usePresentation(type, field.value, text);
  const order = sort ?? Object.keys(documentTypes[type].columns)[0] ?? '';
  const find = async (typed: string): Promise<readonly { id: string; label: string; details?: string }[]> => {
    const rows = await listDocuments(type, { where, search: typed, limit: 12, sort: [{ column: order, descending: false }] });
    return rows.map((row) => ({ id: row.document.id, label: presentation(type, row), ...(details === undefined ? {} : { details: details(row) }) }));
  };
  const pick = (row: DocumentRow<K>): void => {
    setCatalogue(false);
    field.onChange(row.document.id);
  };
  return (
    <>
      <PickerField {...field} text={shown} find={find} onCatalogue={() => setCatalogue(true)} {...(opens ? { onOpen: () => (field.value === null ? undefined : openDocument(type, field.value)) } : {})} />
      {catalogue ? (
        <Dialog
          title={`Выберите: ${field.label}`}
          width={760}
          tall
          onClose={() => setCatalogue(false)}
          actions={
            <Button variant="primary" level="dialog" hint="Enter" reason={chosen === null ? 'Выберите строку' : undefined} onClick={() => (chosen === null ? undefined : pick(chosen))}>
              Выбрать
            </Button>
          }
        >
          <div className="okno-catalogue">
            <DocumentList
              id={`pick.${type}`}
              type={type}
              title={documentTypes[type].title}
              where={where}
              columns={columns ?? [{ key: order, title: documentTypes[type].title, width: 400, min: 160, priority: 1, grow: true, sort: order, cell: (row) => presentation(type, row) }]}
              sort={{ column: order, descending: false }}
              onPrimary={pick}
              onOpen={pick}
              onSelected={setChosen}
              empty={{ title: 'Справочник пуст', text: 'Записи появятся, когда их внесёт редактор справочников.' }}
            />
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
