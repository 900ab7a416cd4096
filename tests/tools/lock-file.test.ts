import { expect, it } from 'vitest';
import { missingOptionalPackages } from '../../tools/check/lock-file.ts';

const builder = { version: '2.0.0', optionalDependencies: { 'builder-linux': '2.0.0', 'builder-mac': '2.0.0' } };

it('a lock file with the packages of all systems is accepted, also where they lie deeper', () => {
  const packages = {
    'node_modules/builder': builder,
    'node_modules/builder-linux': { version: '1.0.0' },
    'node_modules/builder/node_modules/builder-linux': { version: '2.0.0' },
    'node_modules/builder-mac': { version: '2.0.0' },
  };
  expect(missingOptionalPackages(packages)).toEqual([]);
});

it.each([
  ['absent', {}],
  ['of another version', { 'node_modules/builder-mac': { version: '1.0.0' } }],
])('a package for another system that is %s is named', (_title, others) => {
  const violations = missingOptionalPackages({ 'node_modules/builder': builder, 'node_modules/builder-linux': { version: '2.0.0' }, ...others });
  expect(violations.map(({ problem }) => problem)).toEqual([expect.stringContaining('builder-mac@2.0.0')]);
});
