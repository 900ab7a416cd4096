import process from 'node:process';
import { asfeuOpenApi } from './openapi-document.ts';

/** `node server/adapters/asfeu/print-openapi.ts > docs/asfeu-openapi.json` after a change of the contract. */
process.stdout.write(`${JSON.stringify(asfeuOpenApi(), null, 2)}\n`);
