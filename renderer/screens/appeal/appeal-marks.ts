import type { AppealState } from '../../../shared/domain/appeal/model.ts';
import type { Tone } from '../../ui/badge.tsx';

/** Colour of an appeal's state: waiting for АС ФЭУ is amber, going on blue, over grey. */
export const appealTones: Readonly<Record<AppealState, Tone>> = { awaitsRegistration: 'amber', preparation: 'blue', check: 'blue', closed: 'green' };
