import type { ListGroup } from './flat-rows.ts';

export interface ListProblem {
  readonly title: string;
  readonly text: string;
  readonly code: string;
}

/** Rows as the list sees them: windows of a long list, read when they are wanted. */
export interface ListRows<Row> {
  readonly groups: readonly ListGroup[];
  /** Rises with every change of what is held. */
  readonly revision: number;
  readonly loading: boolean;
  readonly problem: ListProblem | null;
  /** Undefined while it is not read. */
  readonly rowAt: (group: number, index: number) => Row | undefined;
  /** Where a row stands among those read. */
  readonly find: (id: string) => { readonly group: number; readonly index: number } | null;
  /** Asks for rows from…to of a group (may be held already). */
  readonly want: (group: number, from: number, to: number) => void;
  readonly fold: (group: number, folded: boolean) => void;
  readonly reload: () => void;
  /** Ids of the rows from…to of a group, whether they are read or not. */
  readonly ids: (group: number, from: number, to: number) => Promise<readonly string[]>;
}

/** What a user chose in one list; remembered per user. */
export interface ListSort {
  readonly column: string;
  readonly descending: boolean;
}
