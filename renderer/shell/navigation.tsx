import { useEffect, useState, type ReactNode } from 'react';
import { documentTypes, isDocumentName } from '../../shared/domain/documents.ts';
import type { ListQuery } from '../../shared/protocol/list.ts';
import { call } from '../bridge.ts';
import { screens } from '../screens/registry.tsx';
import { onChanged } from '../store/changes.ts';
import { useConnection } from '../store/connection.ts';
import { closePlace, goTo, isDocumentPlace, showPlace, usePlaces } from '../store/places.ts';
import { search } from '../store/search.ts';
import { useUser } from '../store/session.ts';
import { formatCount } from '../ui/format.ts';
import { Unbroken } from '../ui/unbroken.tsx';
import { navigation, type NavigationGroup, type PlaceCount } from './navigation-places.ts';

/** The places of this user: his roles, and screens that exist. */
function placesOf(roles: readonly string[]): readonly NavigationGroup[] {
  return navigation
    .map((group) => ({ ...group, places: group.places.filter((place) => Object.hasOwn(screens, place.screen) && (place.roles === undefined || place.roles.some((role) => roles.includes(role)))) }))
    .filter(({ places }) => places.length > 0);
}

function useCounts(groups: readonly NavigationGroup[]): Readonly<Record<string, number>> {
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const counted = groups.flatMap(({ places }) => places).flatMap(({ screen, count }): { screen: string; count: PlaceCount }[] => (typeof count === 'object' ? [{ screen, count }] : []));
  const question = JSON.stringify(counted.map(({ screen, count }) => ({ screen, query: { type: count.type, where: count.where, anyOf: [], search: '', sort: [], offset: 0, limit: 0 } })));
  useEffect(() => {
    const asked = JSON.parse(question) as { screen: string; query: ListQuery }[]; // written above
    if (asked.length === 0) return;
    let current = true;
    const read = (): void => {
      void call('document.totals', asked.map(({ query }) => query)).then((totals) => {
        if (current) setCounts(Object.fromEntries(asked.map(({ screen }, index) => [screen, totals[index] ?? 0])));
      });
    };
    read();
    const stop = onChanged([...new Set(asked.map(({ query }) => query.type))], read);
    return () => {
      current = false;
      stop();
    };
  }, [question]);
  return counts;
}

/** Navigation, 24 px rows; below it «Открыто» with a dot for unsaved typing. Only one row is highlighted. */
export function Navigation(): ReactNode {
  const { roles } = useUser();
  const groups = placesOf(roles);
  const counts = useCounts(groups);
  const rejected = useConnection(({ connection }) => connection?.rejected ?? 0);
  const { current, places, titles, dirty } = usePlaces();
  // What is found stands in the place of the content: it belongs to «Единое окно».
  const shown = search.use(({ open }) => open) ? 'singleWindow' : current;
  const documents = places.filter(isDocumentPlace);
  return (
    <nav className="okno-nav" aria-label="Разделы" data-pane>
      {groups.map(({ title, places: items }) => (
        <div key={title ?? ''} role="group" aria-label={title ?? 'Работа'}>
          {title === null ? null : <div className="okno-nav-title">{title}</div>}
          {items.map(({ screen, title: text, count }) => {
            const number = count === 'rejected' ? rejected : counts[screen];
            return (
              <button key={screen} type="button" className="okno-nav-row" aria-current={shown === screen ? 'page' : undefined} onClick={() => goTo(screen)}>
                <span className="okno-nav-place">{text}</span>
                {number === undefined || number === 0 ? null : <span className={`okno-nav-count${count === 'rejected' ? ' okno-red' : ''}`}>{formatCount(number)}</span>}
              </button>
            );
          })}
        </div>
      ))}
      {documents.length === 0 ? null : (
        <div role="group" aria-label="Открыто">
          <div className="okno-nav-title">Открыто</div>
          {documents.map(({ key, screen }) => {
            const text = titles[key] ?? screens[screen]?.title ?? (isDocumentName(screen) ? documentTypes[screen].title : screen);
            return (
              <button
                key={key}
                type="button"
                className="okno-nav-row"
                aria-current={shown === key ? 'page' : undefined}
                onClick={() => showPlace(key)}
                onAuxClick={(event) => {
                  if (event.button === 1) void closePlace(key);
                }}
              >
                <span className="okno-nav-open" title={text}>
                  <Unbroken text={text} />
                </span>
                {dirty[key] === true ? <span className="okno-nav-dirty" role="img" aria-label="не записано" /> : null}
              </button>
            );
          })}
        </div>
      )}
    </nav>
  );
}
