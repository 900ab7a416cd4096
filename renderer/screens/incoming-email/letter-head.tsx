import { useState, type ReactNode } from 'react';
import { addressText } from '../../../shared/base/mail-address.ts';
import type { Invitation, LetterSignature, MailAddress } from '../../../shared/domain/incoming-email/model.ts';
import { Facts } from '../../ui/document-frame.tsx';
import { plural } from '../../ui/format.ts';
import { shortAddresses } from './email-marks.ts';
import { invitationRows, invitationTitle, signatureFacts } from './letter-facts.ts';

/** «Подписано»: who, whether the letter is what was signed, by whom his certificate is. */
export function Signatures({ signatures, from, at }: { readonly signatures: readonly LetterSignature[]; readonly from: string; readonly at: string }): ReactNode {
  return signatures.map((signature, index) => {
    const { signer, verdict, issuer, doubts } = signatureFacts(signature, from, at);
    return (
      <div key={index} className="email-signature">
        <div>{signer}</div>
        <div className={`okno-${verdict.tone}`}>{verdict.text}</div>
        {doubts.map((doubt) => (
          <div key={doubt} className="okno-amber">
            {doubt}
          </div>
        ))}
        <div className="okno-text2">{issuer}</div>
      </div>
    );
  });
}

/** The meeting that a letter tells of: what, when, where, who calls it. */
export function InvitationCard({ invitation }: { readonly invitation: Invitation }): ReactNode {
  const title = invitationTitle(invitation);
  return (
    <section className="email-invitation okno-selectable" aria-label={title}>
      <h3>{title}</h3>
      <Facts label={92} rows={invitationRows(invitation).map(([name, value]) => [name, typeof value === 'string' ? value : <Addresses key={name} addresses={value} />] as const)} />
    </section>
  );
}

/** A few addressees, the rest on demand in a place of its own that scrolls. */
export function Addresses({ addresses }: { readonly addresses: readonly MailAddress[] }): ReactNode {
  const [open, setOpen] = useState(false);
  const { shown, more } = shortAddresses(addresses);
  if (open) {
    return (
      <>
        <div className="email-addresses">{addresses.map(addressText).join(', ')}</div>
        <button type="button" className="okno-link" onClick={() => setOpen(false)}>
          свернуть
        </button>
      </>
    );
  }
  return (
    <>
      {shown.map(addressText).join(', ')}
      {more === 0 ? null : (
        <>
          {' '}
          <button type="button" className="okno-link" onClick={() => setOpen(true)}>
            и ещё {more.toLocaleString('ru-RU')} {plural(more, 'адрес', 'адреса', 'адресов')}
          </button>
        </>
      )}
    </>
  );
}
