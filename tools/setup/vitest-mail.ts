import { ensureMailServers } from './libraries.ts';

/** vitest's global set-up of the integration project: the mail servers that its tests start are installed. */
export const setup = ensureMailServers;
