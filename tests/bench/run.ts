import process from 'node:process';
import { parseArgs } from 'node:util';
import { failWith } from '../../tools/setup/progress.ts';
import { commandAtDesk } from './command-at-desk.ts';
import { backupLoad } from './backup-load.ts';
import { commandAtCentre } from './command-at-centre.ts';
import { drain } from './drain.ts';
import { feedApply } from './feed-apply.ts';
import { runLarge } from './large.ts';
import { mailIntake } from './mail-intake.ts';
import { measure, type Measured, type Measurement } from './measurement.ts';
import { snapshotFill } from './snapshot-fill.ts';
import { visibleElsewhere } from './visible-elsewhere.ts';
import { windowStart } from './window-start.ts';

/**
 * `npm run bench -- --large [--clients N] [--folder DIR]`: searches of every kind on a desk's base of a million clients (in CI fewer).
 * `npm run bench [-- --json] [-- NAME …]`: ratios to the bare means, each with its pair and its goal.
 */
const all: readonly Measurement[] = [commandAtDesk, commandAtCentre, backupLoad, drain, feedApply, snapshotFill, visibleElsewhere, mailIntake, windowStart];

const number = (value: number, digits: number): string => value.toLocaleString('ru-RU', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const shown = (value: number): string => number(value, value < 100 ? 2 : 0);

function report({ title, productTitle, bareTitle, unit, goal, rounds }: Measurement, { product, bare, ratio, lowest, highest, met }: Measured): string {
  return [
    `${met ? '✓' : '✗'} ${title}: ${number(ratio, 2)} (цель ${goal.side === 'atMost' ? '≤' : '≥'} ${number(goal.ratio, 2)}${met ? '' : ', НЕ ДОСТИГНУТА'})`,
    `    ${productTitle}: ${shown(product)} ${unit}`,
    `    ${bareTitle}: ${shown(bare)} ${unit}`,
    `    раундов ${rounds}, отношение в них от ${number(lowest, 2)} до ${number(highest, 2)}`,
  ].join('\n');
}

/** stdout carries the one JSON object only: what set-up steps print goes to stderr. */
function keepOutputForJson(): (text: string) => void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return (text) => void write(`${text}\n`);
}

async function run(flags: readonly string[]): Promise<void> {
  const json = flags.includes('--json');
  const say = json ? keepOutputForJson() : (text: string) => console.log(text);
  const names = flags.filter((flag) => flag !== '--json');
  const unknown = names.find((name) => !all.some((measurement) => measurement.name === name));
  if (unknown !== undefined) throw new Error(`Нет измерения «${unknown}». Есть: ${all.map(({ name }) => name).join(', ')}`);
  const ratios: Record<string, number> = {};
  let missed = 0;
  for (const measurement of all) {
    if (names.length > 0 && !names.includes(measurement.name)) continue;
    const measured = await measure(measurement);
    ratios[measurement.name] = Number(measured.ratio.toFixed(3));
    if (!measured.met) missed += 1;
    (json ? console.error : console.log)(report(measurement, measured));
  }
  if (json) say(JSON.stringify(ratios));
  else say(missed === 0 ? 'Все цели достигнуты' : `Целей не достигнуто: ${missed}`);
}

async function large(flags: readonly string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...flags], options: { large: { type: 'boolean' }, json: { type: 'boolean' }, clients: text, folder: text } });
  const clients = Number(values.clients ?? 1_000_000);
  if (!Number.isInteger(clients) || clients < 1) throw new Error(`«--clients» – целое число, а дано «${values.clients ?? ''}»`);
  const say = values.json === true ? keepOutputForJson() : (line: string) => console.log(line);
  const results = await runLarge({ clients, folder: values.folder ?? null, say: values.json === true ? (line) => console.error(line) : say });
  if (values.json === true) say(JSON.stringify(results));
}

try {
  const flags = process.argv.slice(2);
  await (flags.includes('--large') ? large(flags) : run(flags));
  process.exit(0); // Playwright and pools may keep idle sockets
} catch (error) {
  failWith(error);
}
