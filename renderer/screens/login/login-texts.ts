import type { KeyboardEvent } from 'react';
import { describeRefusal, type Refusal } from '../../../shared/base/errors.ts';

/** Why one was not let in: what happened, what to do, the number to read out. */
export function refusalText(refusal: Refusal): string {
  const { text, advice, number } = describeRefusal(refusal);
  return `${text}. ${advice} ${number}`;
}

/** Caps Lock and the layout, as far as a pressed key tells them. */
export function keyboardNote(event: KeyboardEvent): string {
  const caps = event.getModifierState('CapsLock') ? ['Caps Lock'] : [];
  const layout = /^[а-яё]$/i.test(event.key) ? ['раскладка RU'] : [];
  return [...caps, ...layout].join(', ');
}
