import { shortAddress } from '../incoming-email/client-card.ts';

/** «ул. Центральная, д. 14, д. Беляниново»: an address in a table begins with what differs; the settlement follows. */
export function streetFirst(address: string): string {
  const parts = shortAddress(address).split(', ');
  const at = parts.findIndex((part) => /^(?:ул|пр-т|пр-кт|пр|пер|ш|б-р|наб|пл|проезд|тупик|аллея|ГСК|СНТ|ТСН|КП|мкр)[.\s]/iu.test(part) || /(?:улица|проспект|переулок|шоссе)$/iu.test(part));
  return at <= 0 ? parts.join(', ') : [...parts.slice(at), ...parts.slice(0, at).toReversed()].join(', ');
}

/** «ул. Полевая, д. 7» with its short words kept to what they name, so that they never end a line. */
export function keptTogether(address: string): string {
  return address.replace(/(^|[\s,])(ул|пр-т|пер|ш|д|к|кв|корп|стр|г|с|п|пгт|мкр|о|обл)\. /giu, '$1$2.\u00a0');
}
