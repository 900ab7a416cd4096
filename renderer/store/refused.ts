import { describeRefusal, type Refusal } from '../../shared/base/errors.ts';
import { call, on } from '../bridge.ts';
import { plural } from '../ui/format.ts';
import { tell } from '../ui/status-message.ts';

/**
 * What the status line says when the centre has refused commands that the desk had accepted; newest first, as the desk lists them. The
 * oldest is the cause, the others usually follow from it. Null if there are none.
 */
export function refusedText(commands: readonly { readonly title: string; readonly refusal: Refusal }[]): string | null {
  const cause = commands.at(-1);
  if (cause === undefined) return null;
  const count = commands.length === 1 ? 'команду' : `${commands.length} ${plural(commands.length, 'команду', 'команды', 'команд')}, первую`;
  return `Центр не принял ${count} «${cause.title}»: ${describeRefusal(cause.refusal).text}. Введённое сохранено в «Разобрать»`;
}

/** Tells of each new refusal of the centre, whatever screen is on top; answers how to stop. */
export function followRefused(): () => void {
  let known: ReadonlySet<string> | null = null;
  let count = 0;
  let current = true;
  let looking = Promise.resolve();
  const look = async (): Promise<void> => {
    const open = (await call('rejected.list', {})).filter(({ settled }) => settled === null);
    if (!current) return;
    const text = known === null ? null : refusedText(open.filter(({ commandId }) => known?.has(commandId) === false));
    known = new Set(open.map(({ commandId }) => commandId));
    if (text !== null) tell(text, { tone: 'red' });
  };
  const lookNext = (): void => void (looking = looking.then(look));
  lookNext();
  const stop = on('connection', ({ rejected }) => {
    if (rejected > count) lookNext();
    count = rejected;
  });
  return () => {
    current = false;
    stop();
  };
}
