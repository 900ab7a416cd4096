/** A line of iCalendar (RFC 5545): `NAME;PARAM=value:content`. */
export interface CalendarLine {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly value: string;
}

export interface Component {
  readonly name: string;
  readonly lines: readonly CalendarLine[];
  readonly components: readonly Component[];
}

const MAX_CHARACTERS = 2_000_000;
const MAX_DEPTH = 10;

function readLine(line: string): CalendarLine | null {
  // A colon or a semicolon within quotes belongs to the parameter.
  const found = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/s.exec(line);
  if (found === null) return null;
  const [, name = '', parameters = '', value = ''] = found;
  const pairs = [...parameters.matchAll(/;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";]*)*)/g)].map((pair): [string, string] => [(pair[1] ?? '').toUpperCase(), (pair[2] ?? '').replaceAll('"', '')]);
  return { name: name.toUpperCase(), parameters: Object.fromEntries(pairs), value };
}

/** The calendar as a tree; lines that are none are passed over, a component without its end ends with the text. */
export function readCalendar(text: string): Component {
  const root = { name: '', lines: [] as CalendarLine[], components: [] as Component[] };
  const stack = [root];
  for (const line of text.slice(0, MAX_CHARACTERS).replace(/\r\n?/g, '\n').replace(/\n[ \t]/g, '').split('\n')) {
    const read = readLine(line.trimEnd());
    const open = stack.at(-1) ?? root;
    if (read === null) continue;
    if (read.name === 'BEGIN' && stack.length < MAX_DEPTH) {
      const component = { name: read.value.trim().toUpperCase(), lines: [], components: [] };
      open.components.push(component);
      stack.push(component);
    } else if (read.name === 'END' && stack.length > 1) stack.pop();
    else open.lines.push(read);
  }
  return root;
}

/** Text as it was meant: `\n`, `\,`, `\;` and `\\` undone. */
export function calendarText(value: string | undefined): string {
  return (value ?? '').replace(/\\([nN,;\\])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign)).trim();
}
