import type { Attachment, IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';

export type PreviewKind = 'picture' | 'text' | 'pdf' | 'letter' | 'none';

function extensionOf(name: string): string {
  return /\.([^.\s]+)\s*$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/**
 * How an attachment can be looked at without leaving the window: raster pictures, plain text, and a PDF in a viewer
 * of its own origin; a letter is taken apart and shown as one.
 */
export function previewKind({ mediaType, name }: Pick<Attachment, 'mediaType' | 'name'>): PreviewKind {
  const type = mediaType.toLowerCase();
  const extension = extensionOf(name);
  if (/^image\/(?:png|jpe?g|gif|webp|bmp)$/.test(type) || (type === 'application/octet-stream' && /^(?:png|jpe?g|gif|webp|bmp)$/.test(extension))) return 'picture';
  if (type === 'message/rfc822' || type === 'message/global' || ((type === 'application/octet-stream' || type === 'text/plain') && extension === 'eml')) return 'letter';
  if (/^text\/(?:plain|csv|calendar|markdown)$/.test(type) || (type === 'application/octet-stream' && /^(?:txt|csv|log|md)$/.test(extension))) return 'text';
  if (type === 'application/pdf' || type === 'application/x-pdf' || (type === 'application/octet-stream' && extension === 'pdf')) return 'pdf';
  return 'none';
}

const programs = /^(?:action|apk|app|appref-ms|appx|appxbundle|bat|bin|cmd|com|command|cpl|csh|deb|desktop|diagcab|dll|dmg|docm|dotm|elf|exe|gadget|hta|htm|html|img|inf|iso|jar|jnlp|js|jse|ksh|lnk|mht|mhtml|msc|msi|msix|msp|mst|ocx|out|paf|pif|pkg|potm|ppam|ppsm|pptm|ps1|psm1|py|rb|reg|rgs|rpm|run|scf|scr|sct|settingcontent-ms|sh|svg|sys|url|vb|vbe|vbs|vhd|vhdx|workflow|ws|wsc|wsf|wsh|xbap|xhtml|xlam|xll|xlsm|xltm|xml|xsl)$/;

/** True for a file that may act when opened: it is only saved, never opened from here. */
export function isProgram({ name }: Pick<Attachment, 'name'>): boolean {
  return programs.test(extensionOf(name));
}

/** A name that a folder takes: without signs that paths use, never empty. */
export function fileNameOf(name: string, fallback: string): string {
  const clean = name
    .replace(/[\u0000-\u001f<>:"/\\|?*\u200e\u200f\u202a-\u202e]/g, '_') // eslint-disable-line no-control-regex -- signs that no name may have
    .trim()
    .slice(0, 120);
  return clean === '' ? fallback : clean;
}

/** The name under which the letter itself is saved: «Сроки по договору.eml». */
export function sourceName({ subject }: Pick<IncomingEmail, 'subject'>): string {
  return `${fileNameOf(subject, 'Письмо')}.eml`;
}

/** Attachments as the letter lists them: those shown inside the text come last. */
export function listedAttachments(attachments: readonly Attachment[]): readonly Attachment[] {
  return [...attachments.filter(({ inline }) => !inline), ...attachments.filter(({ inline }) => inline)];
}
