import { refusal, type Refusal } from '../../base/errors.ts';
import { applyFieldEdits, fieldEdits, type FieldEdit } from '../../base/field-edits.ts';
import { fold, foldedWords } from '../../base/fold.ts';
import { foldAddress } from '../../base/mail-address.ts';
import { clientSchema, phoneDigits, type Client } from './model.ts';
import { clientProblem, completedClient } from './rules.ts';

/** Fields of a card of which a merge chooses one value. Tables are united, «Филиалы» too: whoever saw either card goes on seeing the client. */
export const chosenFields = [
  'kind', 'lastName', 'firstName', 'middleName', 'name', 'fullName', 'inn', 'kpp', 'okpo', 'ogrn', 'gender', 'birthDate', 'intermediaryId', 'managerId', 'contractId', 'businessRegionId',
] as const satisfies readonly (keyof Client)[];
export type ChosenField = (typeof chosenFields)[number];

/** Fields that a merge leaves as they are or writes by itself. */
const ownFields = ['id', 'registeredAt', 'aliasOf', 'merged', 'deleted'];

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n += 1) id = `${wanted}-${String(n)}`;
  return id;
}

/** Rows of one table of both cards, without doubles: the kept card's own stay as they are, of the other those with a new key come after them. */
function united<Row extends { readonly id: string }>(own: readonly Row[], others: readonly Row[], keyOf: (row: Row) => string): Row[] {
  const keys = new Set(own.map(keyOf));
  const ids = new Set(own.map(({ id }) => id));
  const rows = [...own];
  for (const row of others) {
    const key = keyOf(row);
    if (keys.has(key)) continue;
    const id = freeId(row.id, ids);
    keys.add(key);
    ids.add(id);
    rows.push({ ...row, id });
  }
  return rows;
}

const notMain = <Row extends { readonly main: boolean }>(rows: readonly Row[], others: readonly Row[]): Row[] => (rows.length === 0 ? [...others] : others.map((row) => ({ ...row, main: false })));

/** Phones, e-mails, addresses, contact persons and branches of both cards. The main row stays the kept card's. */
export function unitedTables(kept: Client, other: Client): Pick<Client, 'phones' | 'emails' | 'addresses' | 'contactPersons' | 'branchIds'> {
  const isEverybodys = kept.branchIds.length === 0 || other.branchIds.length === 0;
  return {
    phones: united(kept.phones, notMain(kept.phones, other.phones), ({ e164, typed }) => phoneDigits(e164 ?? typed) || fold(typed)),
    emails: united(kept.emails, notMain(kept.emails, other.emails), ({ address }) => foldAddress(address)),
    addresses: united(kept.addresses, notMain(kept.addresses, other.addresses), ({ text }) => foldedWords(text).join(' ')),
    contactPersons: united(kept.contactPersons, other.contactPersons, ({ name, phone }) => `${foldedWords(name).join(' ')} ${phoneDigits(phone)}`),
    branchIds: isEverybodys ? [] : [...new Set([...kept.branchIds, ...other.branchIds])],
  };
}

/** A card being kept, after one more was merged into it, and what that changed on it. */
export interface MergeStep {
  readonly kept: Client;
  readonly edits: readonly FieldEdit[];
}

/** The kept card with the values chosen from another one and the rows of both; or why it cannot be. Whether the result may be written is `clientProblem`. */
export function mergeStep(kept: Client, other: Client, chosen: readonly FieldEdit[]): MergeStep | { readonly refusal: Refusal } {
  const foreign = chosen.find(({ path }) => !chosenFields.some((field) => field === path));
  if (foreign !== undefined) return { refusal: refusal('invalidInput', { field: foreign.path }) };
  const { merged, conflicts } = applyFieldEdits(kept, chosen);
  if (conflicts.length > 0) return { refusal: refusal('fieldConflict', { conflicts: conflicts.map((conflict) => ({ ...conflict })) }) };
  const parsed = clientSchema.safeParse({ ...merged, ...unitedTables(kept, other) });
  if (!parsed.success) return { refusal: refusal('invalidInput', { field: parsed.error.issues[0]?.path.join('.') ?? '' }) };
  const after = completedClient(parsed.data, kept);
  // In one order at both ends: PostgreSQL gives the fields of a document in another than they were written in.
  const edits = fieldEdits(kept, after, ownFields).toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return { kept: after, edits };
}

/**
 * The kept card without what a merge had changed on it. What somebody changed since stays as he left it. Where the rest would make no card
 * that can be written, the card stays whole as it is.
 */
export function withoutMerge(kept: Client, edits: readonly FieldEdit[]): Client {
  const back = edits.toReversed().map(({ path, before, after }) => ({ path, before: after, after: before }));
  const parsed = clientSchema.safeParse(applyFieldEdits(kept, back).merged);
  const after = parsed.success ? completedClient(parsed.data, kept) : kept;
  return clientProblem(after) === null ? after : kept;
}
