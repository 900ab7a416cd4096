import { z } from 'zod';

export interface Peer {
  readonly host: string;
  readonly port: number | null;
}

const errorSchema = z.object({
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
  responseText: z.string().optional().catch(undefined),
  authenticationFailed: z.boolean().optional().catch(undefined),
  tlsFailed: z.boolean().optional().catch(undefined),
  cause: z.unknown().optional(),
});
type Known = z.infer<typeof errorSchema>;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300);

const certificateProblems: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'сертификат выдан неизвестным центром',
  SELF_SIGNED_CERT_IN_CHAIN: 'сертификат выдан неизвестным центром',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'сертификат выдан неизвестным центром',
  UNABLE_TO_GET_ISSUER_CERT: 'сертификат выдан неизвестным центром',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'сертификат выдан неизвестным центром',
  CERT_HAS_EXPIRED: 'срок сертификата истёк',
  CERT_NOT_YET_VALID: 'срок сертификата ещё не начался: проверьте часы',
  CERT_REVOKED: 'сертификат отозван',
  ERR_TLS_CERT_ALTNAME_INVALID: 'сертификат выдан на другое имя сервера',
};
const unknownAuthority = 'сертификат выдан неизвестным центром';

/** What OpenSSL says where the error has no code of its own (STARTTLS wraps it). */
const certificateWords: readonly (readonly [RegExp, string])[] = [
  [/self[- ]signed certificate|unable to (verify|get).*(certificate|issuer)/i, unknownAuthority],
  [/certificate has expired/i, 'срок сертификата истёк'],
  [/altnames|does not match certificate/i, 'сертификат выдан на другое имя сервера'],
];

function certificateProblem({ code = '', message }: Known): string | null {
  return certificateProblems[code] ?? certificateWords.find(([words]) => words.test(message))?.[1] ?? null;
}

/** What keeps the centre from another server, in words with what to check. Names of servers and their answers only: never what was sent to them. */
export function describeConnectionProblem(error: unknown, { host, port }: Peer): string {
  const known = errorSchema.catch({ message: '' }).parse(error);
  const { code = '', message } = known;
  const at = port === null ? host : `${host}:${port}`;
  const certificate = certificateProblem(known);
  if (certificate !== null) {
    const advice = certificate === unknownAuthority ? ' Если это центр сертификации компании, укажите его сертификат в ящике («Свой центр сертификации»).' : '';
    return `${at}: ${certificate}, соединение не установлено.${advice}`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EDNS') return `Сервер «${host}» не найден: проверьте имя.`;
  if (code === 'ECONNREFUSED' || /ECONNREFUSED/.test(message)) return `${at} не принимает соединений: проверьте порт и работает ли сервер.`;
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return `Сервер «${host}» не найден: проверьте имя.`;
  if (['ETIMEDOUT', 'ETIMEOUT', 'CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code) || /timeout|timed out/i.test(message)) return `${at} не отвечает: проверьте имя, порт и сеть.`;
  if (/does not support STARTTLS|STARTTLS is not possible|not supported.*STARTTLS|STARTTLS.*not (supported|implemented|available|advertised)/i.test(message)) return `${at} не предлагает STARTTLS: пароль открыто не передаётся. Проверьте порт и защиту.`;
  if (code === 'EPROTO' || /wrong version number|packet length too long|ssl3_get_record/i.test(message)) return `${at} говорит не по TLS: проверьте порт и защиту.`;
  if (known.authenticationFailed === true || code === 'EAUTH') return `${at}: сервер не принял имя или пароль (${oneLine(known.responseText ?? known.response ?? message)}).`;
  if (known.tlsFailed === true || code === 'ETLS') return `${at}: защищённое соединение не установлено (${oneLine(known.response ?? message)}). Проверьте порт и защиту.`;
  if (['ECONNRESET', 'EPIPE', 'ECONNECTION', 'EConnectionClosed', 'NoConnection', 'ClosedAfterConnectText', 'ClosedAfterConnectTLS'].includes(code)) return `${at}: связь оборвалась.`;
  return `${at}: ${oneLine(known.responseText ?? known.response ?? message) || 'неизвестная ошибка'}`;
}
