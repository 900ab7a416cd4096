import { z } from 'zod';
import { applicationSchema } from '../../../shared/domain/application/model.ts';

/**
 * The HTTP/JSON services of АС ФЭУ as ОКНО uses them. `docs/asfeu-openapi.json` is made from these schemas and a test holds them
 * equal; the adapter and the emulator both read and write by them.
 */
const named = z.object({ code: z.string(), name: z.string() });

export const registrationRequestSchema = z
  .object({
    kind: named.describe('Вид обращения'),
    category: named.describe('Категория обращения'),
    topic: named.describe('Тематика'),
    subtopic: named.describe('Подтема'),
    registrationPlace: z.string().describe('Место регистрации'),
    deliveryPlace: z.string().describe('Место выдачи документов'),
    internetCardNumber: z.string().describe('Номер интернет карточки'),
    intakeChannel: z.string().describe('Канал поступления'),
    content: z.string().describe('Содержание'),
    createdAt: z.iso.datetime().describe('Когда обращение записано в ОКНО'),
    dueAt: z.iso.datetime().nullable().describe('Срок ответа'),
    client: z.object({ name: z.string(), inn: z.string(), phone: z.string(), email: z.string() }).describe('Контакт'),
    intermediary: z.object({ name: z.string(), authorityNumber: z.string(), authorityFrom: z.string(), authorityTo: z.string() }).nullable().describe('Посредник или представитель и его доверенность'),
    object: z.object({ name: z.string(), address: z.string(), region: z.string(), gridDistrict: z.string() }).describe('Объект'),
    branch: named.describe('Филиал-исполнитель'),
    responsible: z.string().describe('Ответственный исполнитель'),
    applicationNumbers: z.array(z.string()).describe('Номера заявок, к которым относится обращение'),
    attachments: z.array(z.object({ name: z.string(), size: z.number().int().nonnegative(), mediaType: z.string(), sha256: z.string() })).describe('Вложения (содержимое хранит ОКНО)'),
  })
  .meta({ id: 'RegistrationRequest', description: 'Обращение, которое нужно зарегистрировать' });
export type RegistrationRequest = z.infer<typeof registrationRequestSchema>;

export const registrationSchema = z
  .object({
    key: z.string().describe('Ключ, с которым обращение было передано'),
    number: z.string().min(1).describe('Номер обращения'),
    barcode: z.string().regex(/^\d{16}$/).describe('Штрихкод (ШК), 16 цифр'),
    registeredAt: z.iso.datetime(),
  })
  .meta({ id: 'Registration', description: 'Зарегистрированное обращение' });
export type Registration = z.infer<typeof registrationSchema>;

export const feedItemSchema = z
  .object({
    cursor: z.string().min(1).describe('Место изменения в ленте'),
    withdrawn: z.boolean().describe('Заявка изъята: её больше нет в АС ФЭУ'),
    application: applicationSchema,
  })
  .meta({ id: 'FeedItem', description: 'Новая, изменённая или изъятая заявка' });
export type FeedItem = z.infer<typeof feedItemSchema>;

export const feedPageSchema = z
  .object({
    items: z.array(feedItemSchema).describe('Изменения в том порядке, в котором они произошли'),
    next: z.string().describe('С чего продолжить; то же значение, если нового нет'),
    more: z.boolean().describe('Есть ли ещё изменения прямо сейчас'),
  })
  .meta({ id: 'FeedPage' });
export type FeedPage = z.infer<typeof feedPageSchema>;

export const asfeuProblemSchema = z.object({ message: z.string().describe('Что случилось, для человека, по-русски') }).meta({ id: 'Problem' });

export const PAGE_LIMIT = 1000;
