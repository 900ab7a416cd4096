import { expect, test } from 'vitest';
import { z } from 'zod';
import { leaseHolds, leaseToken } from '../../../server/commands/lease-token.ts';
import { Signer } from '../../../server/commands/signed-token.ts';

const signer = new Signer(Buffer.alloc(32, 1));
const schema = z.object({ a: z.number() });

test('a token opens for its purpose and its key only', () => {
  const token = signer.sign('grant', { a: 1 });
  expect(signer.open('grant', token, schema)).toEqual({ a: 1 });
  expect(signer.open('lease', token, schema)).toBe(null);
  expect(new Signer(Buffer.alloc(32, 2)).open('grant', token, schema)).toBe(null);
  for (const wrong of ['', '.', 'a.b.c', `${token}x`, token.slice(1), signer.sign('grant', { a: 'text' })]) expect(signer.open('grant', wrong, schema)).toBe(null);
});

test('2.8.1 a lease holds the numbers of its block for its desk', () => {
  const leaseId = leaseToken(signer, { deskId: 'd', series: 'КП', year: '26', from: 10, to: 19 }, 'n');
  const holds = (value: number, desk = 'd', year = '26'): boolean => leaseHolds(signer, { series: 'КП', year, value, leaseId }, desk);
  expect([holds(9), holds(10), holds(19), holds(20), holds(10, 'e'), holds(10, 'd', '27')]).toEqual([false, true, true, false, false, false]);
});
