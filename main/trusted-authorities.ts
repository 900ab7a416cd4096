import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import tls from 'node:tls'; // whole: a runtime older than Node 24 has not all of its names

const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The certificates of a PEM file. Throws, in words for whoever starts the program, if it cannot be read or holds none. */
export function readAuthorities(file: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`файл сертификатов ${file} не читается: проверьте --ca`, { cause: error });
  }
  const found = text.match(certificate) ?? [];
  if (found.length === 0) throw new Error(`в файле ${file} нет сертификатов в виде PEM: проверьте --ca`);
  try {
    for (const each of found) void new X509Certificate(each);
  } catch (error) {
    throw new Error(`сертификат в файле ${file} повреждён: проверьте --ca`, { cause: error });
  }
  return found;
}

/** Every TLS connection of this thread trusts these authorities too, besides those known to the program. */
export function trustAuthorities(certificates: readonly string[], runtime: Partial<Pick<typeof tls, 'getCACertificates' | 'setDefaultCACertificates'>> = tls): void {
  const { getCACertificates, setDefaultCACertificates } = runtime;
  if (getCACertificates !== undefined && setDefaultCACertificates !== undefined) {
    setDefaultCACertificates([...getCACertificates('default'), ...certificates]);
    return;
  }
  // The runtime of a machine that cannot download ours: every connection makes its context by this function.
  const { createSecureContext } = tls;
  tls.createSecureContext = (options) => {
    const made = createSecureContext(options);
    for (const certificate of certificates) (made.context as { addCACert: (pem: string) => void }).addCACert(certificate); // Node's own name for it, not in its types
    return made;
  };
}
