import { expect, it } from 'vitest';
import { testApplications, testClients, testUsers } from './small-company.ts';

it('the small company has whom tests name', () => {
  for (const [login, { user, password }] of Object.entries(testUsers)) expect([user.login, password.length > 7]).toEqual([login, true]);
  expect(testClients.filter(({ lastName }) => lastName === 'Соколова')).toHaveLength(3);
  expect(testApplications.map(({ number }) => number)).toContain('И-26-00-418233/102');
});
