import type { FieldEdit } from '../../../shared/base/field-edits.ts';
import { sameJson } from '../../../shared/base/json.ts';
import type { Client, ClientKind } from '../../../shared/domain/client/model.ts';
import { unitedTables, type ChosenField } from '../../../shared/domain/client/merge-rules.ts';

/** Field → id of the card whose value was chosen by hand. */
export type MergeChoices = Readonly<Partial<Record<ChosenField, string>>>;

/** A field of the cards side by side: whose value will stand. */
export interface MergeRow {
  readonly field: ChosenField;
  readonly chosenId: string;
  /** False: every card says the same, there is nothing to choose. */
  readonly differs: boolean;
}

const fieldsByKind: Readonly<Record<ClientKind, readonly ChosenField[]>> = {
  person: ['lastName', 'firstName', 'middleName', 'birthDate', 'gender', 'inn', 'ogrn', 'intermediaryId'],
  soleTrader: ['lastName', 'firstName', 'middleName', 'birthDate', 'gender', 'inn', 'okpo', 'ogrn', 'intermediaryId'],
  organization: ['name', 'fullName', 'inn', 'kpp', 'okpo', 'ogrn', 'managerId', 'contractId', 'businessRegionId'],
};

const isEmpty = (value: unknown): boolean => value === '' || value === null;

/** The card whose value stands: the one chosen, else the kept one, else the first that has any. */
function chosenCard(field: ChosenField, cards: readonly Client[], kept: Client, choices: MergeChoices): Client {
  const chosen = cards.find(({ id }) => id === choices[field]);
  if (chosen !== undefined) return chosen;
  return isEmpty(kept[field]) ? (cards.find((card) => !isEmpty(card[field])) ?? kept) : kept;
}

/** The fields to choose from, for the kind that the kept card will be of: those that differ first; fields that no card fills are left out. */
export function mergeRows(cards: readonly Client[], keptId: string, choices: MergeChoices): readonly MergeRow[] {
  const kept = cards.find(({ id }) => id === keptId);
  if (kept === undefined) return [];
  const fields: readonly ChosenField[] = ['kind', ...fieldsByKind[chosenCard('kind', cards, kept, choices).kind]];
  const rows = fields
    .filter((field) => cards.some((card) => !isEmpty(card[field])))
    .map((field): MergeRow => ({ field, chosenId: chosenCard(field, cards, kept, choices).id, differs: cards.some((card) => !sameJson(card[field], kept[field])) }));
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}

/** Input of `client.merge`: each discarded card with the fields taken from it. */
export function mergeInput(cards: readonly Client[], keptId: string, choices: MergeChoices): { readonly id: string; readonly discarded: readonly { readonly id: string; readonly edits: readonly FieldEdit[] }[] } {
  const kept = cards.find(({ id }) => id === keptId);
  const rows = mergeRows(cards, keptId, choices);
  const editsOf = (card: Client): readonly FieldEdit[] =>
    rows.flatMap(({ field, chosenId }) => (kept === undefined || chosenId !== card.id || sameJson(kept[field], card[field]) ? [] : [{ path: field, before: kept[field], after: card[field] }]));
  return { id: keptId, discarded: cards.filter(({ id }) => id !== keptId).map((card) => ({ id: card.id, edits: editsOf(card) })) };
}

export const unitedFields = ['phones', 'emails', 'addresses', 'contactPersons'] as const;
export type UnitedField = (typeof unitedFields)[number];

/** One row of a table of a card: its text, and whether another card has it already. */
export interface UnitedText {
  readonly text: string;
  readonly double: boolean;
}

const textsOf: { readonly [F in UnitedField]: (row: Client[F][number]) => string } = {
  phones: ({ typed }) => typed,
  emails: ({ address }) => address,
  addresses: ({ text }) => text,
  contactPersons: ({ name, phone }) => [name, phone].filter((part) => part !== '').join(', '),
};

/** Rows of one table by cards, in the order they come together: the kept card's own, then what each other one adds. */
export function unitedTexts(field: UnitedField, cards: readonly Client[], keptId: string): ReadonlyMap<string, readonly UnitedText[]> {
  const kept = cards.find(({ id }) => id === keptId);
  if (kept === undefined) return new Map();
  const textOf = textsOf[field] as (row: Client[UnitedField][number]) => string; // asked only with rows of the same field
  const texts = new Map<string, readonly UnitedText[]>([[keptId, kept[field].map((row) => ({ text: textOf(row), double: false }))]]);
  let together: Client = kept;
  for (const card of cards) {
    if (card.id === keptId) continue;
    const next: Client = { ...together, ...unitedTables(together, card) };
    const added = next[field].slice(together[field].length).map(textOf);
    texts.set(card.id, card[field].map((row) => ({ text: textOf(row), double: !added.includes(textOf(row)) })));
    together = next;
  }
  return texts;
}
