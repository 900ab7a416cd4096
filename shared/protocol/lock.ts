import { z } from 'zod';

/** Key of the user's setting: minutes without input after which the window locks. */
export const lockMinutesSetting = 'window.lockMinutes';
export const lockMinutes = [5, 10, 15, 30] as const;
export const lockMinutesSchema = z.union([z.literal(5), z.literal(10), z.literal(15), z.literal(30)]);
export const defaultLockMinutes = 15;
