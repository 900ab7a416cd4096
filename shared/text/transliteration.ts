/** Latin spellings of Russian sounds, the longer ones first. */
const sounds: readonly (readonly [latin: string, russian: string])[] = [
  ['shch', 'щ'], ['sch', 'щ'], ['zh', 'ж'], ['kh', 'х'], ['ts', 'ц'], ['tz', 'ц'], ['ch', 'ч'], ['sh', 'ш'], ['yu', 'ю'], ['ju', 'ю'], ['iu', 'ю'], ['ya', 'я'], ['ja', 'я'], ['yo', 'е'], ['jo', 'е'], ['ye', 'е'], ['yi', 'ьи'],
  ['iy', 'ий'], ['yy', 'ый'], ['ck', 'к'], ['ph', 'ф'], ['a', 'а'], ['b', 'б'], ['c', 'ц'], ['d', 'д'], ['e', 'е'], ['f', 'ф'], ['g', 'г'], ['h', 'х'], ['i', 'и'], ['j', 'й'], ['k', 'к'], ['l', 'л'], ['m', 'м'], ['n', 'н'],
  ['o', 'о'], ['p', 'п'], ['q', 'к'], ['r', 'р'], ['s', 'с'], ['t', 'т'], ['u', 'у'], ['v', 'в'], ['w', 'в'], ['x', 'кс'], ['z', 'з'], ["'", 'ь'],
];
const vowel = /[aeiou]/;

/** One Latin word in Russian letters. `end`: what a «y» at the end after a consonant stands for. */
function russianWord(word: string, end: 'ий' | 'ы'): string {
  let russian = '';
  for (let place = 0; place < word.length; ) {
    const rest = word.slice(place);
    // «iy» is «ий» but before a vowel: Yuliya is Юлия.
    const sound = sounds.find(([latin]) => rest.startsWith(latin) && !(/^[iy]y$/.test(latin) && vowel.test(rest[latin.length] ?? '')));
    if (sound !== undefined) {
      russian += sound[1];
      place += sound[0].length;
    } else if (rest.startsWith('y')) {
      const before = word[place - 1] ?? '';
      russian += vowel.test(before) ? 'й' : rest.length === 1 ? end : 'ы';
      place += 1;
    } else {
      russian += word[place] ?? '';
      place += 1;
    }
  }
  return russian;
}

/** Russian readings of a text in Latin letters, the likelier first: «Dmitry Sokolov» → «дмитрий соколов», «дмитры соколов». None if no letter is Latin. */
export function russianReadings(text: string): readonly string[] {
  if (!/[a-z]/i.test(text)) return [];
  const lower = text.toLowerCase();
  const read = (end: 'ий' | 'ы') => lower.replace(/[a-z']+/g, (word) => (word === "'" ? word : russianWord(word, end)));
  return [...new Set([read('ий'), read('ы')])];
}

const letters: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
};

/** A Russian text in Latin letters, as names stand in addresses of mail. Null if no letter is Russian. */
export function latinReading(text: string): string | null {
  const read = [...text.toLowerCase()].map((letter) => letters[letter] ?? letter).join('');
  return /[а-яё]/i.test(text) ? read : null;
}
