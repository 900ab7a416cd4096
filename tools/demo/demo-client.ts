import type { Client } from '../../shared/domain/client/model.ts';
import type { Place } from './places.ts';

/** What the form of a new card sends: the centre adds the date of registration. */
export type NewClient = Omit<Client, 'registeredAt' | 'aliasOf'>;

/** A client with the place it lives at: applications stand there too. */
export interface DemoClient {
  readonly client: NewClient;
  readonly place: Place;
}
