import { tell } from '../ui/status-message.ts';

/** Puts text on the system's clipboard and says so. The page has no permission for the clipboard's own interface: the text is selected and copied as by Ctrl+C. */
export function copyText(text: string): void {
  const focused = document.activeElement;
  const holder = document.createElement('textarea');
  holder.value = text;
  holder.setAttribute('readonly', '');
  holder.className = 'okno-visually-hidden';
  document.body.append(holder);
  holder.select();
  const copied = document.execCommand('copy');
  holder.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (copied) tell(`Скопировано: ${text}`);
  else tell('Не удалось скопировать: выделите текст и нажмите Ctrl+C', { tone: 'amber' });
}
