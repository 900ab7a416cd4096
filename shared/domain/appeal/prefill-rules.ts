import type { Application } from '../application/model.ts';
import type { Client } from '../client/model.ts';
import type { IncomingEmail } from '../incoming-email/model.ts';
import { cutNote, sourceOfCut } from '../incoming-email/source-rules.ts';
import { applicationNumbersIn } from '../incoming-email/text-rules.ts';
import type { AppealForm } from './commands.ts';

/** The form «Обращение» before it has an id. */
export type AppealDraft = Omit<AppealForm, 'id'>;

const mainOf = <T extends { readonly main: boolean }>(rows: readonly T[]): T | undefined => rows.find(({ main }) => main) ?? rows[0];

/**
 * The appeal prefilled from its letter and the client's card (2.10.1.1). Of the client's applications those are checked that were tied to
 * the letter or are named in it; Филиал and the responsible are chosen by the user (2.10.1.5).
 */
export function appealPrefill(email: IncomingEmail, client: Client, applications: readonly Application[]): AppealDraft {
  const named = applicationNumbersIn(`${email.subject}\n${email.text}`);
  return {
    incomingEmailId: email.id,
    clientId: client.id,
    registrationPlace: 'email',
    deliveryPlace: 'email',
    intakeChannel: 'other',
    content: [email.text, ...cutNote(email)].join('\n\n'),
    attachments: [...email.attachments, ...sourceOfCut(email)],
    phone: mainOf(client.phones)?.typed ?? '',
    email: mainOf(client.emails)?.address ?? '',
    applicationIds: applications.filter(({ id, number }) => email.applicationIds.includes(id) || named.includes(number.toUpperCase())).map(({ id }) => id),
    dataFromApplicationId: null,
    objectName: '',
    address: '',
    regionId: null,
    gridDistrictId: null,
    branchId: '',
    responsibleId: '',
    hasIntermediary: false,
    intermediaryId: null,
    authorityNumber: '',
    authorityFrom: '',
    authorityTo: '',
  };
}

/** «Использовать данные из заявки» (2.10.1.2): object, address, region, РЭС are copied; Филиал too while the user has chosen none. */
export function withApplicationData<T extends AppealDraft>(form: T, application: Application): T {
  return {
    ...form,
    dataFromApplicationId: application.id,
    objectName: application.objectName,
    address: application.address,
    regionId: application.regionId,
    gridDistrictId: application.gridDistrictId,
    branchId: form.branchId === '' ? (application.branchId ?? '') : form.branchId,
  };
}
