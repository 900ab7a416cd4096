import { useMantineColorScheme } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { z } from 'zod';
import { defaultLockMinutes, lockMinutes, lockMinutesSchema, lockMinutesSetting } from '../../shared/protocol/lock.ts';
import { useSetting } from '../store/settings.ts';
import { SegmentedField } from '../ui/choice-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Section } from '../ui/field.tsx';
import { useHotkeys } from '../ui/hotkeys.ts';
import { tell } from '../ui/status-message.ts';

const themeSchema = z.enum(['system', 'light', 'dark']);
const scaleSchema = z.union([z.literal(100), z.literal(110), z.literal(125), z.literal(150)]);
const densitySchema = z.enum(['compact', 'loose']);
const scales = [100, 110, 125, 150] as const;
type Scale = (typeof scales)[number];

type LockMinutes = (typeof lockMinutes)[number];

interface WindowSettings {
  readonly theme: z.infer<typeof themeSchema>;
  readonly scale: Scale;
  readonly density: z.infer<typeof densitySchema>;
  readonly lockAfter: LockMinutes;
  readonly setLockAfter: (minutes: LockMinutes) => void;
  readonly setTheme: (theme: z.infer<typeof themeSchema>) => void;
  readonly setScale: (scale: Scale) => void;
  readonly setDensity: (density: z.infer<typeof densitySchema>) => void;
}

function useWindowSettings(): WindowSettings {
  const theme = useSetting('window.theme', themeSchema, 'system');
  const scale = useSetting<Scale>('window.scale', scaleSchema, 100);
  const density = useSetting('window.density', densitySchema, 'compact');
  const lockAfter = useSetting<LockMinutes>(lockMinutesSetting, lockMinutesSchema, defaultLockMinutes);
  return { lockAfter: lockAfter.value, setLockAfter: lockAfter.set, theme: theme.value, scale: scale.value, density: density.value, setTheme: theme.set, setScale: scale.set, setDensity: density.set };
}

/** Applies theme, scale and density of this user to the window; Ctrl + and Ctrl − change the scale. */
export function ApplyWindowSettings(): ReactNode {
  const { theme, scale, density, setScale } = useWindowSettings();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(theme === 'system' ? 'auto' : theme), [theme, setColorScheme]);
  useEffect(() => {
    document.documentElement.style.setProperty('zoom', String(scale / 100));
    return () => {
      document.documentElement.style.removeProperty('zoom');
    };
  }, [scale]);
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
  const step = (by: number): void => {
    const next = scales[Math.min(Math.max(scales.indexOf(scale) + by, 0), scales.length - 1)] ?? 100;
    setScale(next);
    tell(`Масштаб ${next} %`);
  };
  useHotkeys(
    [
      { keys: 'Ctrl++', title: 'Крупнее', run: () => step(1) },
      { keys: 'Ctrl+Shift++', run: () => step(1) },
      { keys: 'Ctrl+-', title: 'Мельче', run: () => step(-1) },
      { keys: 'Ctrl+0', title: 'Масштаб 100 %', run: () => setScale(100) },
    ],
    'window',
  );
  return null;
}

/** «Настройки вида»: applied at once, remembered for this user. */
export function WindowSettingsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { theme, scale, density, lockAfter, setTheme, setScale, setDensity, setLockAfter } = useWindowSettings();
  return (
    <Dialog title="Настройки вида" cancel="Закрыть" onClose={onClose}>
      <div className="okno-dialog-text">
        <Section>
          <SegmentedField label="Тема" value={theme} onChange={setTheme} choices={[{ value: 'system', label: 'Как в системе' }, { value: 'light', label: 'Светлая' }, { value: 'dark', label: 'Тёмная' }]} />
          <SegmentedField label="Масштаб" value={String(scale)} onChange={(value) => setScale(scales.find((one) => String(one) === value) ?? 100)} choices={scales.map((one) => ({ value: String(one), label: `${one} %` }))} />
          <SegmentedField label="Строки списков" value={density} onChange={setDensity} choices={[{ value: 'compact', label: 'Плотно' }, { value: 'loose', label: 'Свободно' }]} />
          <SegmentedField label="Блокировать без действий через" value={String(lockAfter)} onChange={(value) => setLockAfter(lockMinutes.find((one) => String(one) === value) ?? defaultLockMinutes)} choices={lockMinutes.map((one) => ({ value: String(one), label: `${one} мин` }))} />
        </Section>
      </div>
    </Dialog>
  );
}
