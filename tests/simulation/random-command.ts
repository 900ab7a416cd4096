import type { Author } from '../../shared/base/rule-book.ts';
import { systemAuthor } from '../../shared/base/scope.ts';
import { roles } from '../../shared/base/roles.ts';
import { commands } from '../../shared/domain/commands.ts';
import { shortName } from '../../shared/domain/user/model.ts';
import { aBranch, aClient, anApplication, anEmployee, aRegion, aUser } from '../helpers/builders.ts';
import { World } from '../helpers/domain-world.ts';
import { clientGenerators, emailGenerators } from './generators/email-commands.ts';
import { Draw, type Generator } from './generators/draw.ts';
import { officeGenerators } from './generators/office-commands.ts';
import { spoilt } from './generators/spoilt.ts';
import type { Random } from './random.ts';

/** How a random input of each command is made. A command of the rule book without an entry here fails the tests. */
export const generators: Readonly<Record<string, Generator>> = { ...emailGenerators, ...clientGenerators, ...officeGenerators };

/** Steps of the long road of a letter come more often, so that histories reach its end. */
const often: readonly string[] = ['incomingEmail.receive', 'incomingEmail.receive', 'incomingEmail.take', 'incomingEmail.take', 'incomingEmail.save', 'incomingEmail.save', 'incomingEmail.chooseClient', 'incomingEmail.chooseClient', 'incomingEmail.assignNumber', 'incomingEmail.assignNumber', 'incomingEmail.assignNumber', 'appeal.create', 'appeal.create', 'appeal.create', 'outgoingEmail.send', 'outgoingEmail.recordResult'];

export interface RandomCommand {
  readonly name: string;
  readonly input: unknown;
  readonly author: Author;
}

/** A company with users of every role in two branches, and a little of everything that commands are about. */
export function companyOfAllRoles(): World {
  const world = new World();
  world.put('branch', aBranch({ id: 'branch-south', code: '03', name: 'Южные электрические сети' }));
  world.put('region', aRegion());
  world.put('employee', anEmployee({ id: 'employee-belova', lastName: 'Белова' }));
  world.put('client', aClient());
  world.put('client', aClient({ id: 'client-2', lastName: 'Ильин', emails: [], phones: [], branchIds: ['branch-south'] }));
  world.put('client', aClient({ id: 'client-3', emails: [], branchIds: [], aliasOf: 'client-1' }));
  world.put('application', anApplication());
  for (const role of roles) {
    for (const branch of ['north', 'south']) world.put('user', aUser({ id: `user-${role}-${branch}`, login: `${role}.${branch}`, lastName: `Сотрудник${role}`, employeeId: null, roles: [role], branchIds: [`branch-${branch}`] }));
  }
  return world;
}

/** Who acts: the users that the company began with, as they are now. */
export function authorsOf(world: World, ids: readonly string[]): readonly Author[] {
  return ids.map((id) => world.store.the('user', id)).map((user) => ({ userId: user.id, name: shortName(user), roles: user.roles, branchIds: user.branchIds }));
}

/**
 * A random command of one of `authors` or of the centre itself: mostly one that fits the state of the world and comes from who may send it,
 * now and then from another, about what is not there, or spoilt somewhere in its input.
 */
export function randomCommand(random: Random, world: World, authors: readonly Author[]): RandomCommand {
  const names = [...commands.map(({ name }) => name), ...often];
  const name = random.pick(names) ?? '';
  const generator = generators[name];
  if (generator === undefined) throw new Error(`No generator of ${name}: add one to random-command.ts`);
  const { input, author } = generator(new Draw(random, world, authors));
  return {
    name,
    input: random.chance(0.08) ? spoilt(input, random) : input,
    author: random.chance(0.07) ? (random.pick(authors) ?? systemAuthor) : (author ?? systemAuthor),
  };
}

/** Counts, by command, how often each verdict fell: a test over few or one-sided verdicts shows nothing. */
export class Verdicts {
  readonly #counts = new Map(commands.map(({ name }) => [name, { accepted: 0, refused: 0 }]));

  /** True the first time that this command gets this verdict. */
  count(name: string, ok: boolean): boolean {
    const counts = this.#counts.get(name);
    if (counts === undefined) throw new Error(`No command ${name}`);
    const verdict = ok ? 'accepted' : 'refused';
    counts[verdict] += 1;
    return counts[verdict] === 1;
  }

  /** Commands that were never accepted or never refused, as lines for a failing test. */
  get missing(): readonly string[] {
    return [...this.#counts].filter(([, { accepted, refused }]) => accepted === 0 || refused === 0).map(([name, { accepted, refused }]) => `${name}: ${String(accepted)} accepted, ${String(refused)} refused`);
  }
}
