import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import type { SearchRow, SearchType } from '../../../shared/protocol/search.ts';
import type { FoundLine, FoundSection } from '../../store/search.ts';
import { formatMoment } from '../../ui/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { shortAddress } from '../incoming-email/client-card.ts';
import { rangesIn } from './marked-parts.ts';
import { MarkedText } from './marked-text.tsx';
import { searchTypeTitles } from './search-titles.ts';

const sectionTitles: Readonly<Record<FoundSection, string | null>> = { pinned: 'Закреплённые клиенты', recent: 'Недавние клиенты', desk: null, centre: 'В центре, не на этом рабочем месте' };

export interface FoundListProps {
  /** Names the list for the field that it belongs to; ids of its lines begin with it. */
  readonly id: string;
  readonly lines: readonly FoundLine[];
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
  readonly onOpen: (line: FoundLine) => void;
}

/** Id of a line, for `aria-activedescendant`. */
export function lineId(id: string, key: string): string {
  return `${id}-${key.replaceAll(' ', '-')}`;
}

/** What was found, in groups, the matched field beside each. The keys belong to whoever holds the focus: the search field or the list around. */
export function FoundList({ id, lines, chosen, onChoose, onOpen }: FoundListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen !== null) list.current?.querySelector(`#${CSS.escape(lineId(id, chosen))}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);
  return (
    <div ref={list} id={id} className="found" role="listbox" aria-label="Найденное" data-empty={lines.length === 0}>
      {groupsOf(lines).map(({ key, section, type, rows }, index, all) => (
        <Fragment key={key}>
          {section === 'centre' && all[index - 1]?.section !== 'centre' ? <div className="found-section" role="presentation">{sectionTitles.centre}</div> : null}
          <div role="group" aria-label={titleOf(section, type)}>
            <div className="found-group" aria-hidden="true">
              {titleOf(section, type)} <span className="okno-text2 okno-regular okno-tabular">{countOf(rows)}</span>
            </div>
            {rows.map((line) => (
              <Line key={line.key} id={lineId(id, line.key)} line={line} chosen={line.key === chosen} onChoose={onChoose} onOpen={onOpen} />
            ))}
          </div>
        </Fragment>
      ))}
    </div>
  );
}

function titleOf(section: FoundSection, type: SearchType): string {
  return section === 'pinned' || section === 'recent' ? (sectionTitles[section] ?? '') : searchTypeTitles[type];
}

interface Group {
  readonly key: string;
  readonly section: FoundSection;
  readonly type: SearchType;
  readonly rows: FoundLine[];
}

function groupsOf(lines: readonly FoundLine[]): readonly Group[] {
  const groups: Group[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last?.section === line.section && last.type === line.type) last.rows.push(line);
    else groups.push({ key: `${line.section} ${line.type}`, section: line.section, type: line.type, rows: [line] });
  }
  return groups;
}

/** «8+» where there are more. */
function countOf(rows: readonly FoundLine[]): string {
  const shown = rows.filter(({ kind }) => kind === 'row').length;
  return shown === rows.length ? String(shown) : `${shown}+`;
}

interface LineProps {
  readonly id: string;
  readonly line: FoundLine;
  readonly chosen: boolean;
  readonly onChoose: (key: string) => void;
  readonly onOpen: (line: FoundLine) => void;
}

function Line({ id, line, chosen, onChoose, onOpen }: LineProps): ReactNode {
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field or the list around takes the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className="found-line"
      data-chosen={chosen}
      onMouseDown={(event) => event.preventDefault()} // the focus stays in the field
      onClick={() => (line.kind === 'all' ? onOpen(line) : onChoose(line.key))}
      onDoubleClick={() => onOpen(line)}
    >
      {line.kind === 'all' ? (
        <span className="found-all">
          Показать все: {searchTypeTitles[line.type].toLowerCase()} <Icon name="right" size={14} />
        </span>
      ) : (
        <Cells row={line.row} />
      )}
    </div>
  );
}

/** A row's own texts are marked in their place; another field that matched stands under «Где найдено» by its name. */
function Cells({ row }: { readonly row: SearchRow }): ReactNode {
  const { title, at, state, similar, matched } = row;
  const { short, long } = detailParts(row);
  const where = [title, short, ...long].find((text) => isSeenIn(text, text === title, matched));
  const own = where !== undefined;
  const marked = (text: string): ReactNode => <MarkedText text={text} ranges={text === where ? (rangesIn(text, matched) ?? []) : []} cut={text !== title} />;
  return (
    <>
      <span className="okno-cut" title={title}>
        {marked(title)}
      </span>
      <span className="okno-cut okno-text2" title={short}>
        {at === null ? marked(short) : <span className="okno-tabular">{formatMoment(at)}</span>}
      </span>
      <span className="okno-cut" title={[own || matched.text === '' ? '' : `${matched.place}: ${matched.text.slice(0, 200)}`, ...long].filter((part) => part !== '').join('\n')}>
        {similar ? <span className="found-similar">похоже</span> : null}
        {own || matched.text === '' ? null : (
          <span className="found-match">
            <span className="okno-text2">{matched.place}</span> <MarkedText text={matched.text} ranges={matched.ranges} cut />
          </span>
        )}
        {long.map((text, index) => (
          <span key={text} className="okno-text2">
            {index === 0 && (own || matched.text === '') ? '' : ', '}
            {at === null && text !== where ? shortAddress(text) : marked(text)}
          </span>
        ))}
      </span>
      <span className="okno-cut okno-text2" title={state}>
        {state}
      </span>
    </>
  );
}

/** So many letters of a long name are seen in its column; what matched beyond them stands under «Где найдено». */
const SEEN = 24;

function isSeenIn(text: string, isTitle: boolean, matched: SearchRow['matched']): boolean {
  const ranges = rangesIn(text, matched);
  const starts = ranges?.map(([start]) => start) ?? [];
  return ranges !== null && (!isTitle || starts.length === 0 || Math.min(...starts) <= SEEN);
}

/** Parts of the second line stand apart by « · »; of a client the phone has a column of its own. */
function detailParts({ detail, at }: SearchRow): { readonly short: string; readonly long: readonly string[] } {
  const parts = detail.split(' · ').filter((part) => part !== '');
  const [first = ''] = parts;
  return at === null && /^[+\d(]/.test(first) && !/[а-яё]{3}/iu.test(first) ? { short: first, long: parts.slice(1) } : { short: '', long: parts };
}
