import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { berStream, der, integer, oid, sequence, set, utcTime, utf8 } from './der.ts';

export interface SignerFacts {
  readonly name: string;
  readonly address: string;
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly key: 'rsa' | 'ec';
}

const algorithms = { rsa: sequence(oid('1.2.840.113549.1.1.11'), der(0x05)), ec: sequence(oid('1.2.840.10045.4.3.2')) } as const;
const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'), der(0x05));
const gost = sequence(oid('1.2.643.7.1.1.2.2'));
const attribute = (id: string, value: Buffer): Buffer => sequence(oid(id), set(value));
const nameOf = (parts: readonly (readonly [string, string])[]): Buffer => sequence(...parts.map(([id, text]) => set(sequence(oid(id), utf8(text)))));
const serial = integer(0x11, 0x22, 0x33);

/** Somebody who signs, with a certificate of a company of his own. */
export function makeSigner(given: Partial<SignerFacts> = {}): { readonly certificate: Buffer; readonly issuerName: Buffer; readonly privateKey: KeyObject; readonly key: SignerFacts['key'] } {
  const facts: SignerFacts = { name: 'Соколова Марина Игоревна', address: 'm.sokolova@pochta-mo.ru', issuer: 'Удостоверяющий центр «Проверка»', validFrom: new Date('2026-01-01T00:00:00Z'), validTo: new Date('2027-01-01T00:00:00Z'), key: 'rsa', ...given };
  const { publicKey, privateKey } = facts.key === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuerName = nameOf([['2.5.4.3', facts.issuer]]);
  const body = sequence(
    der(0xa0, integer(2)), serial, algorithms[facts.key], issuerName, sequence(utcTime(facts.validFrom), utcTime(facts.validTo)),
    nameOf([['2.5.4.3', facts.name], ['1.2.840.113549.1.9.1', facts.address]]), publicKey.export({ type: 'spki', format: 'der' }),
  );
  return { certificate: sequence(body, algorithms[facts.key], der(0x03, Buffer.from([0]), sign('sha256', body, privateKey))), issuerName, privateKey, key: facts.key };
}

interface CmsOptions {
  /** The content stands inside (`application/pkcs7-mime`), not beside. */
  readonly opaque: boolean;
  /** Indefinite lengths and an octet string in pieces, as OpenSSL streams them. */
  readonly streamed?: boolean;
  /** Says that its hash is Стрибог. */
  readonly gost?: boolean;
}

/** The CMS container of a signature of `content`. */
export function signContent(content: Buffer, signer: ReturnType<typeof makeSigner>, { opaque, streamed = false, gost: isGost = false }: CmsOptions): Buffer {
  const digest = createHash('sha256').update(content).digest();
  const attributes = [attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.7.1')), attribute('1.2.840.113549.1.9.5', utcTime(new Date('2026-11-24T06:10:00Z'))), attribute('1.2.840.113549.1.9.4', der(0x04, digest))];
  const signature = sign('sha256', set(...attributes), signer.privateKey);
  const hash = isGost ? gost : sha256;
  const info = sequence(integer(1), sequence(signer.issuerName, serial), hash, der(0xa0, ...attributes), algorithms[signer.key], der(0x04, signature));
  const middle = Math.floor(content.length / 2);
  const octets = streamed ? berStream(0x24, der(0x04, content.subarray(0, middle)), der(0x04, content.subarray(middle))) : der(0x04, content);
  const wrap = streamed ? berStream : der;
  const encapsulated = opaque ? wrap(0x30, oid('1.2.840.113549.1.7.1'), wrap(0xa0, octets)) : sequence(oid('1.2.840.113549.1.7.1'));
  const signedData = wrap(0x30, integer(1), set(hash), encapsulated, der(0xa0, signer.certificate), set(info));
  return wrap(0x30, oid('1.2.840.113549.1.7.2'), wrap(0xa0, signedData));
}

/** An S/MIME container of something encrypted: only its kind is real. */
export const encryptedContent = (): Buffer => sequence(oid('1.2.840.113549.1.7.3'), der(0xa0, sequence(integer(0), set(), sequence(oid('1.2.840.113549.1.7.1')))));

const base64Lines = (bytes: Buffer): string => bytes.toString('base64').replace(/(.{76})/g, '$1\r\n');

/** Lines of a letter signed beside its content (`multipart/signed`), after its own header lines. */
export function detachedLetter(header: readonly string[], entity: string, signature: Buffer): string {
  return [
    ...header, 'MIME-Version: 1.0', 'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="----signed"', '', 'This is an S/MIME signed message', '', '------signed',
    entity, '------signed', 'Content-Type: application/pkcs7-signature; name="smime.p7s"', 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename="smime.p7s"', '', base64Lines(signature), '------signed--', '',
  ].join('\r\n');
}

/** A letter whose content stands within the container. */
export function opaqueLetter(header: readonly string[], container: Buffer, smimeType = 'signed-data'): string {
  return [...header, 'MIME-Version: 1.0', `Content-Type: application/pkcs7-mime; smime-type=${smimeType}; name="smime.p7m"`, 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename="smime.p7m"', '', base64Lines(container), ''].join('\r\n');
}
