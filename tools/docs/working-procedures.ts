/** What to look at for a procedure that works: the screen it happens on, its commands, the end-to-end test that proves it. */
export interface WorkingProcedure {
  readonly screen: string;
  readonly commands: readonly string[];
  /** File in tests/e2e; a test in it has a title that begins with the procedure's number. */
  readonly test: string;
}

/**
 * Procedures that work, by number. A number that is not here is «not yet» in docs/procedures.md. After adding one:
 * `node tools/docs/write-docs.ts`. tests/docs/procedures.test.ts refuses a number whose test is missing.
 */
export const workingProcedures: Readonly<Record<string, WorkingProcedure>> = {};
