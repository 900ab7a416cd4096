import { describe, expect, it } from 'vitest';
import { hotkeyOf, pressedHotkey } from '../../renderer/ui/hotkeys.ts';

const press = (code: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey', boolean>> = {}) => pressedHotkey({ code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('keys', () => {
  it('match by the place on the keyboard, whatever the layout', () => {
    // The same event comes from «ы» and from «s».
    expect(press('KeyS', { ctrlKey: true })).toBe(hotkeyOf('Ctrl+S'));
    expect(press('KeyG', { altKey: true })).toBe(hotkeyOf('Alt+П'));
    expect(press('Semicolon', { altKey: true })).toBe(hotkeyOf('Alt+Ж'));
  });

  it('know the named keys and the plus itself', () => {
    expect(press('PageDown', { ctrlKey: true })).toBe(hotkeyOf('Ctrl+PgDn'));
    expect(press('Equal', { ctrlKey: true })).toBe(hotkeyOf('Ctrl++'));
    expect(press('NumpadSubtract', { ctrlKey: true })).toBe(hotkeyOf('Ctrl+-'));
    expect(press('F6', { shiftKey: true })).toBe(hotkeyOf('Shift+F6'));
    expect(press('Digit3', { ctrlKey: true })).toBe(hotkeyOf('Ctrl+3'));
  });

  it('do not take a key with another modifier for it', () => {
    expect(press('KeyS', { ctrlKey: true, shiftKey: true })).not.toBe(hotkeyOf('Ctrl+S'));
  });
});
