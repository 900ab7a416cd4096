import { getCACertificates } from 'node:tls';

/** TLS options that trust the company's own authority (PEM, empty = none) besides the known ones. */
export function trusted(authority: string): { readonly ca?: string[] } {
  return authority === '' ? {} : { ca: [...getCACertificates('default'), authority] };
}
