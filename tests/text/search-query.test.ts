import { describe, expect, it } from 'vitest';
import { addressWords, withoutAddressTypes } from '../../shared/text/address-words.ts';
import { onEnglishKeyboard, onRussianKeyboard, withoutLookAlikes } from '../../shared/text/keyboard-layout.ts';
import { bestMatch } from '../../shared/text/search-match.ts';
import { longestSearch, readings, searchQuery } from '../../shared/text/search-query.ts';
import { comparedNumbers, comparedPhone } from '../../shared/text/search-words.ts';
import { latinReading, russianReadings } from '../../shared/text/transliteration.ts';

describe('the keyboard layout', () => {
  it('is changed both ways, signs that are letters there too', () => {
    expect(onRussianKeyboard('Bdfyjd')).toBe('Иванов');
    expect(onRussianKeyboard(';erjd {fhbnjyjd')).toBe('жуков Харитонов');
    expect(onEnglishKeyboard('ьюыщлщдщмф"зщсрефюкг')).toBe('m.sokolova@pochta.ru');
    expect(onRussianKeyboard('иванов')).toBeNull();
    expect(onEnglishKeyboard('ivanov')).toBeNull();
  });

  it('leaves words with Russian letters', () => {
    expect(onRussianKeyboard('Соколова vfhbyf')).toBe('Соколова марина');
  });

  it('knows letters that only look Russian', () => {
    expect(withoutLookAlikes('Cоколовa')).toBe('Соколова');
    expect(withoutLookAlikes('Sokolova Соколова')).toBeNull();
  });
});

describe('transliteration', () => {
  it.each([['Ivanov', 'иванов'], ['Shcherbakova', 'щербакова'], ['Zhukov', 'жуков'], ['Khabibullin', 'хабибуллин'], ['Tsvetkov', 'цветков'], ['Yuliya', 'юлия'], ['Yakovlev', 'яковлев'], ['Dmitry', 'дмитрий'], ['Sergey', 'сергей'], ['Dostoyevskiy', 'достоевский']])('%s: %s', (latin, russian) => {
    expect(russianReadings(latin)[0]).toBe(russian);
  });

  it('goes the other way for names in addresses of mail', () => {
    expect(latinReading('Щербакова')).toBe('shcherbakova');
    expect(latinReading('ivanov')).toBeNull();
  });
});

describe('an address', () => {
  it('is searched without the words that only name its parts', () => {
    expect(withoutAddressTypes('г. Клин, пр-т Ленина, д.5к2, кв. 7')).toEqual(['клин', 'ленина', '5', '2', '7']);
    expect(withoutAddressTypes('улица Ленина дом 12а строение 3')).toEqual(['ленина', '12а', '3']);
  });

  it('keeps initials and what stands alone', () => {
    expect(withoutAddressTypes('Соколова К. П.')).toEqual(['соколова', 'к', 'п']);
    expect(withoutAddressTypes('ул')).toEqual(['ул']);
  });

  it('is stored with glued parts taken apart', () => {
    expect(addressWords('ул.Ленина,д5корп2')).toEqual(['ул', 'ленина', 'д', '5', 'корп', '2']);
    expect(addressWords('д. 12А')).toEqual(['д', '12а']);
  });
});

describe('what was typed', () => {
  it('is a number where only digits and their names stand', () => {
    expect(searchQuery('8 (916) 204-18-55').number?.forms).toEqual(['89162041855', '9162041855']);
    expect(searchQuery('ИНН 5029123456').number?.forms).toEqual(['5029123456']);
    expect(searchQuery('КП-26-00001842').number).toEqual({ forms: ['2600001842'], groups: ['26', '1842'] });
    expect(searchQuery('12').number).toBeNull();
    expect(searchQuery('Ленина 12').number).toBeNull();
  });

  it('may hold a number beside words', () => {
    const query = searchQuery('Соколова 204-18-55');
    expect(query.number?.forms[0]).toBe('2041855');
    expect(query.besideNumber).toEqual(['соколова']);
  });

  it('is read without signs that cannot be seen, and cut', () => {
    expect(searchQuery('Соко\u00adлова\u200b\u0000').words).toEqual(['соколова']);
    expect(searchQuery('и\u0306').words).toEqual(['й']);
    expect(searchQuery('а'.repeat(1000)).text).toHaveLength(longestSearch);
  });

  it('is read as typed first', () => {
    expect(readings('ivanov').map(({ understood }) => understood)).toEqual([null, 'шмфтщм', 'иванов']);
    expect(readings('12345')).toHaveLength(1);
  });
});

describe('digits', () => {
  it('are compared by the last ten of a phone, by all and by long groups of a number', () => {
    expect(comparedPhone('+7 916 204-18-55')).toBe('9162041855');
    expect(comparedPhone('2-18-55')).toBe('21855');
    expect(comparedNumbers('И-26-00-418233/102')).toEqual(['2600418233102', '418233']);
    expect(comparedNumbers('б/н')).toEqual([]);
  });
});

describe('the place shown', () => {
  const words = (text: string) => text.split(' ').map((word) => [word]);

  it('is the one that holds most, cut around what was found where it is long', () => {
    const long = `${'слово '.repeat(60)}напряжение ${'слово '.repeat(60)}`;
    const match = bestMatch([{ place: 'Тема', kind: 'text', text: long }], { words: words('напряж'), number: null, email: '' });
    expect(match?.text.length).toBeLessThanOrEqual(160);
    expect(match?.ranges.map(([start, end]) => match.text.slice(start, end))).toEqual(['напряж']);
  });

  it('is none where nothing fits', () => {
    expect(bestMatch([{ place: 'Тема', kind: 'text', text: 'Ответ' }], { words: words('вопрос'), number: null, email: '' })).toBeNull();
  });
});
