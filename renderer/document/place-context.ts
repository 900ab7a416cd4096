import { createContext, use } from 'react';
import type { Place } from '../store/places.ts';

export const PlaceContext = createContext<Place | null>(null);

/** The place where this screen stands: its key and parameters. */
export function usePlace(): Place {
  const place = use(PlaceContext);
  if (place === null) throw new Error('A screen is shown outside of a place');
  return place;
}
