import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';

/** Stages mirrored from АС ФЭУ (standards, part 4). */
export const applicationStageSchema = z.enum([
  'draft', 'registered', 'dataRequested', 'preparation', 'approval', 'offer', 'contracted', 'works', 'fulfilmentDeclared', 'inspection', 'admission', 'completed', 'rejected', 'annulled', 'withdrawn',
]);
export type ApplicationStage = z.infer<typeof applicationStageSchema>;
export const applicationStageTitles: Readonly<Record<ApplicationStage, string>> = {
  draft: 'Черновик',
  registered: 'Зарегистрирована',
  dataRequested: 'Запрошены сведения',
  preparation: 'Подготовка договора и ТУ',
  approval: 'Согласование с СО',
  offer: 'Оферта направлена',
  contracted: 'Договор заключён',
  works: 'Выполнение мероприятий',
  fulfilmentDeclared: 'Заявлено выполнение ТУ',
  inspection: 'Осмотр',
  admission: 'Допуск ПУ, подача напряжения',
  completed: 'Исполнена',
  rejected: 'Отклонена',
  annulled: 'Аннулирована',
  withdrawn: 'Отозвана',
};

/** «Заявка на ТП»: mastered in АС ФЭУ, read-only here. */
export const applicationSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  number: z.string(),
  receivedAt: z.string(),
  clientId: z.string().nullable(),
  applicantName: z.string(),
  applicantInn: z.string(),
  applicantPhone: z.string(),
  applicantEmail: z.string(),
  objectName: z.string(),
  address: z.string(),
  regionId: z.string().nullable(),
  branchId: z.string().nullable(),
  gridDistrictId: z.string().nullable(),
  cadastralNumber: z.string(),
  powerKw: z.number().nonnegative(),
  stage: applicationStageSchema,
  stageSince: z.string(),
  dueAt: z.string().nullable(),
});
export type Application = z.infer<typeof applicationSchema>;

export const application = defineDocument<Application>({
  type: 'application',
  title: 'Заявка',
  schema: applicationSchema,
  presentation: ({ number }) => number,
  columns: {
    number: { kind: 'text', value: ({ number }) => number },
    receivedAt: { kind: 'time', value: ({ receivedAt }) => receivedAt },
    applicantName: { kind: 'text', value: ({ applicantName }) => applicantName },
    objectName: { kind: 'text', value: ({ objectName }) => objectName },
    address: { kind: 'text', value: ({ address }) => address },
    stage: { kind: 'code', value: ({ stage }) => stage },
    dueAt: { kind: 'time', value: ({ dueAt }) => dueAt },
    clientId: { kind: 'ref', refType: 'client', value: ({ clientId }) => clientId },
    gridDistrictId: { kind: 'ref', refType: 'gridDistrict', value: ({ gridDistrictId }) => gridDistrictId },
  },
  indexes: {
    byNumber: ({ number }) => [number],
    byClient: ({ clientId }) => (clientId === null ? [] : [clientId]),
  },
  searchPlaces: (document) => [
    { place: 'Номер', kind: 'number', text: document.number },
    { place: 'Заявитель', kind: 'name', text: document.applicantName },
    { place: 'Адрес объекта', kind: 'address', text: document.address },
    { place: 'Объект', kind: 'text', text: document.objectName },
    { place: 'Кадастровый номер', kind: 'number', text: document.cadastralNumber },
  ],
  scope: ({ branchId }) => (branchId === null ? ['all'] : [`branch:${branchId}`]),
});
