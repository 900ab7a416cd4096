import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { screen, type Rectangle } from 'electron';
import { z } from 'zod';
import { writeDurably } from '../db/durable-file.ts';

const boundsSchema = z.object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int(), maximized: z.boolean() });
export type WindowBounds = z.infer<typeof boundsSchema>;

const fileName = 'window.json';

/** Where the window stood; null at first, after damage, or if that screen is no more. */
export function readBounds(profile: string): WindowBounds | null {
  const file = path.join(profile, fileName);
  if (!existsSync(file)) return null;
  const parsed = boundsSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!parsed.success) return null;
  return screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, parsed.data)) ? parsed.data : null;
}

export function writeBounds(profile: string, bounds: WindowBounds): void {
  writeDurably(path.join(profile, fileName), JSON.stringify(bounds));
}

function overlaps(area: Rectangle, bounds: Rectangle): boolean {
  return bounds.x < area.x + area.width && bounds.x + bounds.width > area.x && bounds.y < area.y + area.height && bounds.y + 44 > area.y;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a damaged file only costs the window's place
  }
}
