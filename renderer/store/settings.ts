import { useEffect } from 'react';
import type { z } from 'zod';
import { create } from 'zustand';
import { sameJson, type Json } from '../../shared/base/json.ts';
import type { CallArgs } from '../../shared/protocol/ipc.ts';
import { call, on } from '../bridge.ts';

interface Held {
  readonly values: Readonly<Record<string, Json>>;
}

const useSettings = create<Held>(() => ({ values: {} }));

/** How often each key was written here: an answer to a question asked before the last writing is not news. */
const writings = new Map<string, number>();

/** Another user has his own settings. */
export function forgetSettings(): void {
  useSettings.setState({ values: {} });
}

/** Reads a setting into the store, once. */
export async function readSetting(key: string): Promise<void> {
  if (Object.hasOwn(useSettings.getState().values, key)) return;
  const value = await call('settings.get', { key });
  useSettings.setState(({ values }) => (Object.hasOwn(values, key) ? { values } : { values: { ...values, [key]: value } }));
}

async function readAgain(key: string): Promise<void> {
  const before = writings.get(key);
  const value = await call('settings.get', { key });
  if (writings.get(key) !== before) return;
  useSettings.setState(({ values }) => (!Object.hasOwn(values, key) || sameJson(values[key], value) ? { values } : { values: { ...values, [key]: value } }));
}

/** Takes over what the same user set at another desk. Answers how to stop. */
export function followSettings(): () => void {
  return on('changed', ({ types }) => {
    if (types.includes('userSetting')) for (const key of Object.keys(useSettings.getState().values)) void readAgain(key);
  });
}

/** Remembers a setting of this user; the screen has it at once. */
export function writeSetting(key: string, value: Json): void {
  writings.set(key, (writings.get(key) ?? 0) + 1);
  useSettings.setState(({ values }) => ({ values: { ...values, [key]: value } }));
  void call('settings.set', { key, value: value as CallArgs<'settings.set'>['value'] }); // the same JSON, its lists not readonly
}

/**
 * A setting of this user. `change` makes the next value of the present one, also when it was set a moment ago. `ready` is false until it is read; what does not fit the schema (an older program's) gives the
 * fallback.
 */
export function useSetting<T extends Json>(key: string, schema: z.ZodType<T>, fallback: T): { readonly value: T; readonly ready: boolean; readonly set: (value: T) => void; readonly change: (part: (value: T) => T) => void } {
  const stored = useSettings(({ values }) => values[key]);
  useEffect(() => {
    void readSetting(key);
  }, [key]);
  const valueOf = (held: Json | undefined): T => {
    const parsed = held === undefined || held === null ? null : schema.safeParse(held);
    return parsed?.success === true ? parsed.data : fallback;
  };
  return {
    value: valueOf(stored),
    ready: stored !== undefined,
    set: (value) => writeSetting(key, value),
    change: (part) => writeSetting(key, part(valueOf(useSettings.getState().values[key]))),
  };
}
