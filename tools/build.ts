import { buildDesktop } from './setup/desktop-build.ts';
import { failWith } from './setup/progress.ts';

/** `npm run build`: the desktop program into dist/, whether its sources changed or not. */
await buildDesktop({ force: true }).catch(failWith);
