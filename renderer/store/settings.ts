import { useEffect } from 'react';
import type { z } from 'zod';
import { create } from 'zustand';
import type { Json } from '../../shared/base/json.ts';
import type { CallArgs } from '../../shared/protocol/ipc.ts';
import { call } from '../bridge.ts';

interface Held {
  readonly values: Readonly<Record<string, Json>>;
}

const useSettings = create<Held>(() => ({ values: {} }));

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

/** Remembers a setting of this user; the screen has it at once. */
export function writeSetting(key: string, value: Json): void {
  useSettings.setState(({ values }) => ({ values: { ...values, [key]: value } }));
  void call('settings.set', { key, value: value as CallArgs<'settings.set'>['value'] }); // the same JSON, its lists not readonly
}

/**
 * A setting of this user. `ready` is false until it is read; what does not fit the schema (an older program's) gives the
 * fallback.
 */
export function useSetting<T extends Json>(key: string, schema: z.ZodType<T>, fallback: T): { readonly value: T; readonly ready: boolean; readonly set: (value: T) => void } {
  const stored = useSettings(({ values }) => values[key]);
  useEffect(() => {
    void readSetting(key);
  }, [key]);
  const parsed = stored === undefined || stored === null ? null : schema.safeParse(stored);
  return { value: parsed?.success === true ? parsed.data : fallback, ready: stored !== undefined, set: (value) => writeSetting(key, value) };
}
