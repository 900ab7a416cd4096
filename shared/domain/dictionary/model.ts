import { z } from 'zod';
import { defineDocument, type SearchPlace } from '../../base/document-type.ts';
import { personNameSchema, shortName } from '../user/model.ts';

/** Catalogues of the company: structure, people, classifiers. All desks hold them whole. */
const entry = { id: z.string(), deleted: z.boolean().optional(), code: z.string(), name: z.string() } as const;
const scope = (): readonly string[] => ['all'];
const columns = {
  code: { kind: 'text', value: ({ code }: { code: string }) => code },
  name: { kind: 'text', value: ({ name }: { name: string }) => name },
} as const;
const searchPlaces = ({ code, name }: { code: string; name: string }): readonly SearchPlace[] => [
  { place: 'Наименование', kind: 'text', text: name },
  { place: 'Код', kind: 'text', text: code },
];
const byCode = ({ code }: { code: string }): readonly string[] => (code === '' ? [] : [code]);

export const regionSchema = z.object(entry);
export type Region = z.infer<typeof regionSchema>;
export const region = defineDocument<Region>({ type: 'region', title: 'Регион', schema: regionSchema, presentation: ({ name }) => name, columns, indexes: { byCode }, searchPlaces, scope });

export const businessRegionSchema = z.object(entry);
export type BusinessRegion = z.infer<typeof businessRegionSchema>;
export const businessRegion = defineDocument<BusinessRegion>({ type: 'businessRegion', title: 'Бизнес-регион', schema: businessRegionSchema, presentation: ({ name }) => name, columns, indexes: { byCode }, searchPlaces, scope });

export const branchSchema = z.object(entry);
export type Branch = z.infer<typeof branchSchema>;
export const branch = defineDocument<Branch>({ type: 'branch', title: 'Филиал', schema: branchSchema, presentation: ({ name }) => name, columns, indexes: { byCode }, searchPlaces, scope });

export const gridDistrictSchema = z.object({ ...entry, branchId: z.string(), regionId: z.string() });
export type GridDistrict = z.infer<typeof gridDistrictSchema>;
export const gridDistrict = defineDocument<GridDistrict>({ type: 'gridDistrict', title: 'РЭС', schema: gridDistrictSchema, presentation: ({ name }) => name, columns: { ...columns, branchId: { kind: 'ref', refType: 'branch', value: ({ branchId }) => branchId } }, indexes: { byCode }, searchPlaces, scope });

export const officeSchema = z.object({ ...entry, branchId: z.string(), category: z.number().int() });
export type Office = z.infer<typeof officeSchema>;
export const office = defineDocument<Office>({ type: 'office', title: 'ЦОК', schema: officeSchema, presentation: ({ name }) => name, columns, indexes: { byCode }, searchPlaces, scope });

export const employeeSchema = z.object({ id: z.string(), deleted: z.boolean().optional(), ...personNameSchema.shape, position: z.string(), email: z.string(), branchId: z.string() });
export type Employee = z.infer<typeof employeeSchema>;
export const employee = defineDocument<Employee>({
  type: 'employee',
  title: 'Сотрудник',
  schema: employeeSchema,
  presentation: shortName,
  columns: {
    name: { kind: 'text', value: (document) => shortName(document) },
    position: { kind: 'text', value: ({ position }) => position },
    branchId: { kind: 'ref', refType: 'branch', value: ({ branchId }) => branchId },
  },
  indexes: { byBranch: ({ branchId }) => [branchId] },
  searchPlaces: ({ lastName, firstName, middleName, position }) => [
    { place: 'ФИО', kind: 'name', text: `${lastName} ${firstName} ${middleName}` },
    { place: 'Должность', kind: 'text', text: position },
  ],
  scope,
});

const coded = ({ code, name }: { code: string; name: string }): string => `${code} ${name}`;

export const appealKindSchema = z.object({ ...entry, isComplaint: z.boolean(), answerRuleId: z.string() });
export type AppealKind = z.infer<typeof appealKindSchema>;
export const appealKind = defineDocument<AppealKind>({ type: 'appealKind', title: 'Вид обращения', schema: appealKindSchema, presentation: coded, columns, indexes: { byCode }, searchPlaces, scope });

export const appealCategorySchema = z.object({ ...entry, row7: z.string() });
export type AppealCategory = z.infer<typeof appealCategorySchema>;
export const appealCategory = defineDocument<AppealCategory>({ type: 'appealCategory', title: 'Категория обращения', schema: appealCategorySchema, presentation: ({ name }) => name, columns, indexes: { byCode }, searchPlaces, scope });

export const topicSchema = z.object({ ...entry, annex4Row: z.string() });
export type Topic = z.infer<typeof topicSchema>;
export const topic = defineDocument<Topic>({ type: 'topic', title: 'Тематика', schema: topicSchema, presentation: ({ name }) => name, columns, indexes: { byCode }, searchPlaces, scope });

/** A subtopic belongs to one topic and one category. */
export const subtopicSchema = z.object({ ...entry, topicId: z.string(), categoryId: z.string() });
export type Subtopic = z.infer<typeof subtopicSchema>;
export const subtopic = defineDocument<Subtopic>({
  type: 'subtopic',
  title: 'Подтема',
  schema: subtopicSchema,
  presentation: coded,
  columns: { ...columns, topicId: { kind: 'ref', refType: 'topic', value: ({ topicId }) => topicId }, categoryId: { kind: 'ref', refType: 'appealCategory', value: ({ categoryId }) => categoryId } },
  indexes: { byCode, byCategory: ({ categoryId }) => [categoryId] },
  searchPlaces,
  scope,
});

/** «Основной договор» of an organization, mirrored from АС ФЭУ. */
export const contractSchema = z.object({ id: z.string(), deleted: z.boolean().optional(), number: z.string(), date: z.string(), clientId: z.string() });
export type Contract = z.infer<typeof contractSchema>;
export const contract = defineDocument<Contract>({
  type: 'contract',
  title: 'Договор',
  schema: contractSchema,
  presentation: ({ number, date }) => `№ ${number} от ${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(0, 4)}`,
  columns: { number: { kind: 'text', value: ({ number }) => number }, clientId: { kind: 'ref', refType: 'client', value: ({ clientId }) => clientId } },
  indexes: { byClient: ({ clientId }) => [clientId] },
  searchPlaces: ({ number }) => [{ place: 'Номер', kind: 'number', text: number }],
  scope,
});
