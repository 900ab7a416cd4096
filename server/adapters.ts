import type { Adapter } from './adapters/adapter.ts';
import { asfeuAdapter } from './adapters/asfeu/asfeu-adapter.ts';
import { mailAdapter } from './adapters/mail/mail-adapter.ts';
import type { CentreConfig } from './config.ts';

/** Every adapter of the centre, in the order in which they start. */
export function adaptersOf(config: CentreConfig): readonly Adapter[] {
  return [mailAdapter(config), asfeuAdapter(config)];
}
