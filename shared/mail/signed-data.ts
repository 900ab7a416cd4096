import { constants, createHash, verify, type KeyObject } from 'node:crypto';
import type { LetterSignature } from '../domain/incoming-email/model.ts';
import { childrenOf, octetsOf, oidOf, readBer, tags, timeOf, type Ber } from './ber.ts';
import { readCertificate, type Certificate } from './certificate.ts';

const oid = { signedData: '1.2.840.113549.1.7.2', envelopedData: '1.2.840.113549.1.7.3', authEnvelopedData: '1.2.840.113549.1.9.16.1.23', messageDigest: '1.2.840.113549.1.9.4', signingTime: '1.2.840.113549.1.9.5' } as const;

const hashes: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.5': 'md5', '1.3.14.3.2.26': 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512', '2.16.840.1.101.3.4.2.4': 'sha224',
};
const PSS = '1.2.840.113549.1.1.10';
const isGost = (algorithm: string): boolean => algorithm.startsWith('1.2.643.');
const MAX_SIGNERS = 20;

/** What an S/MIME container is. */
export type Cms = { readonly kind: 'encrypted' } | { readonly kind: 'signed'; readonly content: Buffer | null; readonly signedData: Ber };

/** Reads an S/MIME container (CMS, RFC 5652); null if it is none. `content` is null where it stands beside the signature. */
export function readCms(bytes: Buffer): Cms | null {
  const [kind, wrapped] = childrenOf(readBer(bytes) ?? undefined);
  const id = oidOf(kind);
  if (id === oid.envelopedData || id === oid.authEnvelopedData) return { kind: 'encrypted' };
  const [signedData] = childrenOf(wrapped);
  if (id !== oid.signedData || signedData === undefined) return null;
  const [, , encapsulated] = childrenOf(signedData);
  const [, explicit] = childrenOf(encapsulated);
  const [octets] = childrenOf(explicit);
  return { kind: 'signed', content: octets === undefined ? null : octetsOf(octets), signedData };
}

interface Signer {
  readonly issuerName: Buffer | null;
  readonly serial: Buffer | null;
  readonly digest: string;
  readonly attributes: Ber | null;
  readonly algorithm: string;
  readonly signature: Buffer;
}

function readSigner(value: Ber): Signer | null {
  const [, id, digest, ...rest] = childrenOf(value);
  const attributes = rest[0]?.tag === 0xa0 ? rest[0] : null;
  const [algorithm, signature] = attributes === null ? rest : rest.slice(1);
  if (id === undefined || digest === undefined || algorithm === undefined || signature === undefined) return null;
  const [issuer, serial] = id.tag === tags.sequence ? childrenOf(id) : [];
  return { issuerName: issuer?.whole ?? null, serial: serial?.content ?? null, digest: oidOf(childrenOf(digest)[0]), attributes, algorithm: oidOf(childrenOf(algorithm)[0]), signature: octetsOf(signature) };
}

/** The value of a signed attribute. */
function attributeOf(attributes: Ber, id: string): Ber | undefined {
  const found = childrenOf(attributes).find((attribute) => oidOf(childrenOf(attribute)[0]) === id);
  return childrenOf(childrenOf(found)[1])[0];
}

function signatureHolds(key: KeyObject, hash: string, signed: Buffer, { algorithm, signature }: Signer): boolean {
  const isEdwards = key.asymmetricKeyType === 'ed25519' || key.asymmetricKeyType === 'ed448';
  const how = algorithm === PSS ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO } : { key };
  return verify(isEdwards ? null : hash, signed, how, signature);
}

type Verdict = Pick<LetterSignature, 'state' | 'reason'>;
const unchecked = (reason: string): Verdict => ({ state: 'unchecked', reason });
const altered: Verdict = { state: 'altered', reason: 'Содержимое письма после подписи изменено или подпись не его' };

function verdictOf(signer: Signer, certificate: Certificate | null, contents: readonly Buffer[]): Verdict {
  const hash = hashes[signer.digest];
  if (isGost(signer.digest) || isGost(signer.algorithm)) return unchecked('Подпись по ГОСТ: проверьте исходное письмо программой для электронной подписи');
  if (hash === undefined) return unchecked('Неизвестный вид подписи');
  if (certificate === null) return unchecked('В подписи нет сертификата подписавшего');
  if (certificate.key === null) return unchecked('Неизвестный вид ключа подписи');
  try {
    for (const content of contents) {
      if (signer.attributes === null) {
        if (signatureHolds(certificate.key, hash, content, signer)) return { state: 'intact', reason: '' };
        continue;
      }
      const told = attributeOf(signer.attributes, oid.messageDigest);
      if (told === undefined || !octetsOf(told).equals(createHash(hash).update(content).digest())) continue;
      // What was signed are the attributes as a SET, not under the number they stand by.
      const signed = Buffer.from(signer.attributes.whole);
      signed[0] = tags.set;
      return signatureHolds(certificate.key, hash, signed, signer) ? { state: 'intact', reason: '' } : altered;
    }
    return altered;
  } catch {
    return unchecked('Подпись построена с ошибкой'); // the library refuses its numbers
  }
}

/**
 * Who signed, and whether the content is what was signed. Whether the issuer may be trusted is not asked: nobody here keeps a list of those.
 * @param contents the signed bytes in the forms that mail servers leave them in; one that fits is enough
 */
export function checkSignatures(signedData: Ber, contents: readonly Buffer[]): LetterSignature[] {
  const parts = childrenOf(signedData);
  const certificates = childrenOf(parts.find(({ tag }) => tag === 0xa0)).flatMap((value) => readCertificate(value) ?? []);
  const signers = childrenOf(parts.slice(3).findLast(({ tag }) => tag === tags.set)).slice(0, MAX_SIGNERS).flatMap((value) => readSigner(value) ?? []);
  return signers.map((signer) => {
    const named = certificates.find(({ serial, issuerName }) => signer.serial?.equals(serial) === true && signer.issuerName?.equals(issuerName) === true);
    const certificate = named ?? (signer.serial === null && certificates.length > 0 ? (certificates[0] ?? null) : null);
    return {
      name: certificate?.name ?? '',
      address: certificate?.address ?? '',
      issuer: certificate?.issuer ?? '',
      validFrom: certificate?.validFrom ?? null,
      validTo: certificate?.validTo ?? null,
      signedAt: signer.attributes === null ? null : timeOf(attributeOf(signer.attributes, oid.signingTime)),
      ...verdictOf(signer, certificate, contents),
    };
  });
}
