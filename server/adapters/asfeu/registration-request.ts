import { driveAsync, type Read, type ReadAnswer } from '../../../shared/base/rule-book.ts';
import { intakeChannelTitles, placeTitles, type Appeal } from '../../../shared/domain/appeal/model.ts';
import { documentTypeOf } from '../../../shared/domain/documents.ts';
import { client as clientType } from '../../../shared/domain/client/model.ts';
import { clientById } from '../../../shared/domain/incoming-email/rules.ts';
import type { RegistrationRequest } from './contract.ts';

type Reading = (reads: readonly Read[]) => Promise<readonly ReadAnswer[]>;
interface Named {
  readonly code: string;
  readonly name: string;
}

/** Code and name of a catalogue's entry; a missing one leaves them empty rather than stop the registration. */
function named(answer: ReadAnswer | undefined): Named {
  const entry = answer !== null && typeof answer === 'object' ? answer : {};
  const text = (key: 'code' | 'name'): string => (key in entry ? String((entry as Partial<Named>)[key] ?? '') : ''); // the key was just looked for
  return { code: text('code'), name: text('name') };
}

function presentation(type: string, answer: ReadAnswer | undefined): string {
  const parsed = documentTypeOf(type).schema.safeParse(answer);
  return parsed.success ? documentTypeOf(type).presentation(parsed.data) : '';
}

/** The appeal as АС ФЭУ takes it: ids replaced by codes, names and numbers. */
export async function registrationRequest(appeal: Appeal, read: Reading): Promise<RegistrationRequest> {
  const get = (type: string, id: string | null): Read => ({ kind: 'get', type, id: id ?? '' });
  const client = await driveAsync(clientById(appeal.clientId), read);
  const intermediary = appeal.intermediaryId === null ? null : await driveAsync(clientById(appeal.intermediaryId), read);
  const [kind, category, topic, subtopic, region, gridDistrict, branch, responsible, ...applications] = await read([
    get('appealKind', appeal.kindId),
    get('appealCategory', appeal.categoryId),
    get('topic', appeal.topicId),
    get('subtopic', appeal.subtopicId),
    get('region', appeal.regionId),
    get('gridDistrict', appeal.gridDistrictId),
    get('branch', appeal.branchId),
    get('employee', appeal.responsibleId),
    ...appeal.applicationIds.map((id) => get('application', id)),
  ]);
  return {
    kind: named(kind),
    category: named(category),
    topic: named(topic),
    subtopic: named(subtopic),
    registrationPlace: placeTitles[appeal.registrationPlace],
    deliveryPlace: placeTitles[appeal.deliveryPlace],
    internetCardNumber: appeal.internetCardNumber,
    intakeChannel: intakeChannelTitles[appeal.intakeChannel],
    content: appeal.content,
    createdAt: appeal.createdAt,
    dueAt: appeal.dueAt,
    client: { name: client === null ? '' : clientType.presentation(client), inn: client?.inn ?? '', phone: appeal.phone, email: appeal.email },
    intermediary: appeal.hasIntermediary
      ? { name: intermediary === null ? '' : clientType.presentation(intermediary), authorityNumber: appeal.authorityNumber, authorityFrom: appeal.authorityFrom, authorityTo: appeal.authorityTo }
      : null,
    object: { name: appeal.objectName, address: appeal.address, region: named(region).name, gridDistrict: named(gridDistrict).name },
    branch: named(branch),
    responsible: presentation('employee', responsible),
    applicationNumbers: applications.map((application) => presentation('application', application)).filter((number) => number !== ''),
    attachments: appeal.attachments.map(({ name, size, mediaType, fileId }) => ({ name, size, mediaType, sha256: fileId })),
  };
}
