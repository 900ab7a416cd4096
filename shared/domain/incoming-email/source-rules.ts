import { cutTextProblem, maxEmailText, type Attachment, type IncomingEmail } from './model.ts';

/** How the .eml is called where it goes along with a text. */
const sourceName = 'Исходное письмо.eml';

const isCut = ({ problems }: Pick<IncomingEmail, 'problems'>): boolean => problems.includes(cutTextProblem);

/** What stands under the letter's text wherever it is copied, if only its beginning is kept: none or one line. */
export function cutNote(email: Pick<IncomingEmail, 'problems'>): readonly string[] {
  return isCut(email) ? [`[Текст письма приведён не полностью: первые ${maxEmailText.toLocaleString('ru-RU')} знаков. Письмо целиком – в файле «${sourceName}».]`] : [];
}

/** The .eml as an attachment, if the text was cut: nothing of the letter is lost on the way. */
export function sourceOfCut(email: Pick<IncomingEmail, 'problems' | 'rawFileId' | 'rawSize'>): readonly Attachment[] {
  return isCut(email) ? [{ id: 'source', fileId: email.rawFileId, name: sourceName, size: email.rawSize ?? 0, mediaType: 'message/rfc822', contentId: null, inline: false }] : [];
}
