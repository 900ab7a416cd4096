import { foldedWords } from '../base/fold.ts';

/** Abbreviations with a hyphen inside: «пр-т», «р-н», «б-р». */
const hyphenated = /(^|[^\p{L}])(пр-т|пр-кт|пр-д|пр-зд|р-н|б-р|пл-дь|ш-се|наб-я|м-н|мкр-н|тер-я|г-к|пос-к)(?=$|[^\p{L}])/gu;

/** Words that tell what a part of an address is; in a search they say nothing, for one writes «ул.», another «улица», a third neither. */
const types = new Set(
  ('улица ул переулок пер проспект просп пркт проезд шоссе бульвар бул набережная наб площадь пл тупик туп дом дома владение влад вл домовладение двлд корпус корп строение стр соор сооружение литера литер лит квартира кварт кв комната ком ' +
    'офис оф помещение помещ пом этаж эт подъезд под город гор область обл республика респ край район рн село сел деревня дер поселок пос пгт рп дп микрорайон мкр мкрн снт днп днт тсн тср гск кп участок уч территория тер округ окр городской').split(' '),
);
/** Type words of one letter: also initials of a person, so they are left out only beside a number or another type word. */
const short = new Set('д к с п г о ш х'.split(' '));

/** A number and the abbreviations glued to it: «5к2», «д5», «12стр3». A letter at the end of a house number («12а») stays. */
const glued = /(\d)(корп|стр|лит|кв|оф|к|с)(?=\d)|(^|[^\p{L}\p{N}])(корп|стр|лит|кв|оф|уч|д|к|с)(?=\d)/gu;

/** Folded words of an address as they are stored: glued parts taken apart. */
export function addressWords(text: string): readonly string[] {
  const words = foldedWords(text);
  return words.some((word) => /\d\p{L}|\p{L}\d/u.test(word)) ? foldedWords(words.join(' ').replace(glued, '$1$3 $2$4 ')) : words;
}

/** Folded words of what was typed, without those that only name the parts of an address; all of them if nothing else is left. */
export function withoutAddressTypes(text: string): readonly string[] {
  const words = addressWords(text.toLowerCase().replaceAll('ё', 'е').replace(hyphenated, '$1 '));
  const isAddress = words.some((word) => types.has(word)) || (words.some((word) => /^\d/.test(word)) && words.some((word) => short.has(word)));
  if (!isAddress) return words;
  const rest = words.filter((word) => !types.has(word) && !short.has(word));
  return rest.length === 0 ? words : rest;
}
