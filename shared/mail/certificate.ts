import { X509Certificate, type KeyObject } from 'node:crypto';
import { childrenOf, oidOf, readBer, stringOf, timeOf, type Ber } from './ber.ts';

/** What a letter's signature needs to know of a certificate. */
export interface Certificate {
  readonly serial: Buffer;
  readonly issuerName: Buffer;
  readonly name: string;
  readonly address: string;
  readonly issuer: string;
  /** UTC; null if it cannot be read. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** Null for a key of a kind that this program cannot check, such as those of ГОСТ. */
  readonly key: KeyObject | null;
}

const oid = { commonName: '2.5.4.3', organisation: '2.5.4.10', unit: '2.5.4.11', surname: '2.5.4.4', givenName: '2.5.4.42', email: '1.2.840.113549.1.9.1', alternativeNames: '2.5.29.17' } as const;

/** The parts of a distinguished name by their identifiers, the first of each. */
function nameParts(name: Ber | undefined): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const pair of childrenOf(name).flatMap(childrenOf)) {
    const [kind, value] = childrenOf(pair);
    const id = oidOf(kind);
    if (value !== undefined && !parts.has(id)) parts.set(id, stringOf(value).slice(0, 300));
  }
  return parts;
}

/** The e-mail address among the alternative names. */
function alternativeAddress(extensions: Ber | undefined): string {
  for (const extension of childrenOf(childrenOf(extensions)[0])) {
    const parts = childrenOf(extension);
    if (oidOf(parts[0]) !== oid.alternativeNames) continue;
    const names = readBer(parts.at(-1)?.content ?? Buffer.alloc(0));
    const address = childrenOf(names ?? undefined).find(({ tag }) => tag === 0x81);
    if (address !== undefined) return address.content.toString('latin1').slice(0, 300);
  }
  return '';
}

function keyOf(certificate: Buffer): KeyObject | null {
  try {
    return new X509Certificate(certificate).publicKey;
  } catch {
    return null; // a kind of key that the library does not know: the signature is shown as not checked
  }
}

/** Reads an X.509 certificate; null if it is none. */
export function readCertificate(value: Ber): Certificate | null {
  const fields = childrenOf(childrenOf(value)[0]);
  const [serial, , issuer, validity, subject] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  if (serial === undefined || issuer === undefined || subject === undefined) return null;
  const [from, to] = childrenOf(validity);
  const own = nameParts(subject);
  const by = nameParts(issuer);
  const person = [own.get(oid.surname), own.get(oid.givenName)].filter((part) => part !== undefined).join(' ');
  return {
    serial: serial.content,
    issuerName: issuer.whole,
    name: own.get(oid.commonName) ?? (person || (own.get(oid.organisation) ?? '')),
    address: own.get(oid.email) ?? alternativeAddress(fields.find(({ tag }) => tag === 0xa3)),
    issuer: by.get(oid.commonName) ?? by.get(oid.organisation) ?? by.get(oid.unit) ?? '',
    validFrom: timeOf(from),
    validTo: timeOf(to),
    key: keyOf(value.whole),
  };
}
