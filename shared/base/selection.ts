/** Rows of a list that can be selected, and acted upon together, at most. */
export const mostSelected = 10_000;
