import { create } from 'zustand';

export interface StatusMessage {
  readonly text: string;
  readonly tone: 'neutral' | 'green' | 'amber' | 'red';
  /** «Отменить»: stays ten seconds. */
  readonly undo: (() => void) | null;
}

/** What can be undone may be undone for this long, ms. */
export const UNDO_MS = 10_000;
const PLAIN_MS = 6_000;

interface StatusMessageState {
  readonly message: StatusMessage | null;
}

/** The one message of the status line: results are told there, nothing pops up. */
export const useStatusMessage = create<StatusMessageState>(() => ({ message: null }));

let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells a result in the status line; a later one takes its place. */
export function tell(text: string, { tone = 'neutral', undo = null }: Partial<Omit<StatusMessage, 'text'>> = {}): void {
  clearTimeout(timer);
  const message = { text, tone, undo };
  useStatusMessage.setState({ message });
  timer = setTimeout(() => {
    if (useStatusMessage.getState().message === message) useStatusMessage.setState({ message: null });
  }, undo === null ? PLAIN_MS : UNDO_MS);
}

/** Ctrl+Z: undoes what the status line still offers; false if there is nothing. */
export function undoLast(): boolean {
  const undo = useStatusMessage.getState().message?.undo;
  if (!undo) return false;
  clearTimeout(timer);
  useStatusMessage.setState({ message: null });
  undo();
  return true;
}
