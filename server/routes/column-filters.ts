import { z } from 'zod';
import type { AnyDocument, Column, DocumentType } from '../../shared/base/document-type.ts';
import { fold } from '../../shared/base/fold.ts';

/** Ways in which a column of each kind may be filtered: the end of the parameter's name, and what the value has to be. */
const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);
const text = z.string().max(300);
const ways: Readonly<Record<Column<AnyDocument>['kind'], Readonly<Record<string, z.ZodType<string>>>>> = {
  text: { '': text, '.begins': text },
  code: { '': text },
  ref: { '': text },
  time: { '.from': moment, '.to': moment },
  number: { '': z.string().regex(/^-?\d+(?:\.\d+)?$/), '.from': z.string().regex(/^-?\d+(?:\.\d+)?$/), '.to': z.string().regex(/^-?\d+(?:\.\d+)?$/) },
  flag: { '': z.enum(['true', 'false']) },
};

const PREFIX = 'filter.';

/** The query parameters by which documents of the type are filtered: `filter.inn`, `filter.name.begins`, `filter.registeredAt.from`. */
export function filterShape(type: DocumentType): Readonly<Record<string, z.ZodOptional<z.ZodType<string>>>> {
  return Object.fromEntries(
    Object.entries(type.columns).flatMap(([column, { kind }]) => Object.entries(ways[kind]).map(([way, schema]) => [`${PREFIX}${column}${way}`, schema.optional()] as const)),
  );
}

/** True if the value of the column passes one filter. A document without a value passes none. */
function passes(column: Column<AnyDocument>, way: string, wanted: string, document: AnyDocument): boolean {
  const value = column.value(document);
  if (value === null) return false;
  switch (column.kind) {
    case 'text':
      return way === '' ? fold(String(value)) === fold(wanted) : fold(String(value)).startsWith(fold(wanted));
    case 'time': {
      const [at, bound] = [Date.parse(String(value)), Date.parse(wanted)];
      return way === '.from' ? at >= bound : at < bound;
    }
    case 'number':
      return way === '' ? value === Number(wanted) : way === '.from' ? Number(value) >= Number(wanted) : Number(value) <= Number(wanted);
    case 'code':
    case 'ref':
    case 'flag':
      return String(value) === wanted;
  }
}

/** The filters of a query as one condition; null if there are none. `.from` includes its bound, `.to` of a time does not. */
export function filterOf(type: DocumentType, query: Readonly<Record<string, unknown>>): ((document: AnyDocument) => boolean) | null {
  const conditions = Object.entries(query).flatMap(([name, wanted]) => {
    const [, columnName, way = ''] = /^filter\.(\w+)(\.\w+)?$/.exec(name) ?? [];
    const column = columnName === undefined ? undefined : type.columns[columnName];
    return column === undefined || typeof wanted !== 'string' ? [] : [(document: AnyDocument) => passes(column, way, wanted, document)];
  });
  return conditions.length === 0 ? null : (document) => conditions.every((condition) => condition(document));
}
