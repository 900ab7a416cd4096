import { documentTypeOf } from '../../shared/domain/documents.ts';

/** The column that marks documents of this type merged into another, as declared; undefined where none ever is. */
export function aliasOfType(type: string): string | undefined {
  return documentTypeOf(type).alias;
}

/** SQL of the ids that mean one document: its own (the one `?`) and those of documents merged into it, of whatever depth. */
export function namesSql(table: string, alias: string): string {
  return `WITH RECURSIVE named(id) AS (SELECT ? UNION SELECT m.id FROM ${table} m JOIN named ON m.${alias} = named.id WHERE m.deleted = 0) SELECT id FROM named`;
}

/** More steps from card to card than merges make: the end of a ring that should not be. */
const longestWay = 32;

/** SQL of a column of the row `r`, or, if it was merged into another, of that one: the last on the way that this desk holds. */
export function survivingSql(table: string, alias: string, column: string): string {
  return `CASE WHEN r.${alias} IS NULL THEN r.${column} ELSE (
    WITH RECURSIVE way(step, value, next) AS (
      SELECT 0, r.${column}, r.${alias} UNION ALL SELECT way.step + 1, p.${column}, p.${alias} FROM way JOIN ${table} p ON p.id = way.next WHERE way.step < ${longestWay}
    ) SELECT value FROM way ORDER BY step DESC LIMIT 1) END`;
}
