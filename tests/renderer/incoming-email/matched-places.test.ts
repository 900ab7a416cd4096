import { describe, expect, it } from 'vitest';
import { matchedSpans, nothingWanted, textPieces, wantedOf } from '../../../renderer/screens/incoming-email/matched-places.ts';
import type { Candidate } from '../../../shared/protocol/ipc.ts';
import { aClient } from '../../helpers/builders.ts';

const text = 'Прошу сообщить о заявке № И-26-00-418233/102 от 03.06.2026 (кадастровый № 50:12:0060114:327).\nСоколова Марина Игоревна\nтел. 8 (916) 204-18-55, M.Sokolova@pochta-mo.ru';
const candidate = (matched: Candidate['matched']): Candidate => ({ row: { document: JSON.parse(JSON.stringify(aClient())), refs: {}, pending: false }, matched });
const marked = (from: string, matched: Candidate['matched']): readonly string[] => matchedSpans(from, wantedOf([candidate(matched)])).map(({ from: a, to }) => from.slice(a, to));

describe('matchedSpans', () => {
  it('marks what the candidates were found by', () => {
    expect(marked(text, ['applicationNumber', 'name', 'phone', 'email'])).toEqual(['№ И-26-00-418233/102', 'Соколова Марина Игоревна', '8 (916) 204-18-55', 'M.Sokolova@pochta-mo.ru']);
  });

  it('marks nothing that did not match', () => {
    expect(marked(text, ['birthDate'])).toEqual([]);
    expect(marked('тел. 8 (916) 204-18-56', ['phone'])).toEqual([]);
    expect(matchedSpans(text, nothingWanted)).toEqual([]);
  });

  it('forgives ё, case and the spelling of phones', () => {
    expect(marked('СОКОЛОВА  марина игоревна, +79162041855', ['name', 'phone'])).toEqual(['СОКОЛОВА  марина игоревна', '+79162041855']);
    const yo = { ...candidate(['name']), row: { document: JSON.parse(JSON.stringify(aClient({ lastName: 'Фёдорова', firstName: 'Алёна', middleName: '' }))), refs: {}, pending: false } };
    expect(matchedSpans('Федорова Алена', wantedOf([yo]))).toHaveLength(1);
  });

  it('is quick on a long hostile text', () => {
    const long = '8 (916) '.repeat(40_000);
    const started = performance.now();
    matchedSpans(long, wantedOf([candidate(['phone', 'email', 'name', 'applicationNumber'])]));
    matchedSpans(`${'a.'.repeat(60_000)}@`, wantedOf([candidate(['email'])]));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('textPieces', () => {
  it('joins back to the text and cuts links out', () => {
    const pieces = textPieces(`Смотрите https://moesk.ru/a?b=1. ${text}`, wantedOf([candidate(['phone'])]));
    expect(pieces.map((piece) => piece.text).join('')).toBe(`Смотрите https://moesk.ru/a?b=1. ${text}`);
    expect(pieces.filter(({ kind }) => kind !== 'plain').map((piece) => `${piece.kind} ${piece.text}`)).toEqual(['link https://moesk.ru/a?b=1', 'mark 8 (916) 204-18-55']);
  });
});
