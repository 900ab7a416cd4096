import { z } from 'zod';
import { describeRefusal } from '../../shared/base/errors.ts';
import type { Command } from '../../shared/base/rule-book.ts';
import { mayRun } from '../../shared/base/scope.ts';
import { commands } from '../../shared/domain/commands.ts';
import { commandAppliedSchema, commandInfoSchema, commandRejectedSchema, commandRequestSchema } from '../../shared/protocol/api.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { covers } from '../auth/token-scope.ts';
import { Admission, Overloaded } from '../sync/admission.ts';
import { programOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

/** Less than desks get: their operators wait. */
const COMMANDS = { atOnce: 10, waiting: 40 };

/** Commands that people may run: those of the centre itself are nobody's. */
export const commandsOfPeople: readonly Command[] = commands.filter(({ roles }) => roles !== 'system');

/** Every command of the registry, run by other programs. */
export function apiCommandRoutes(app: CentreApp, { runForProgram }: CentreParts): void {
  const admission = new Admission(COMMANDS);
  app.get(
    paths.commands,
    { config: { programs: 'only' }, schema: { operationId: 'listCommands', tags: ['Команды'], summary: 'Команды, которые токену разрешено выполнять, и схемы их данных', response: { 200: z.array(commandInfoSchema), ...problemAnswers } } },
    (request) => {
      const { user, scope } = programOf(request);
      return commandsOfPeople.filter((command) => covers(scope.run, command.name) && mayRun(command, { userId: user.id, roles: user.roles })).map(infoOf);
    },
  );

  app.post(
    paths.commands,
    {
      config: { programs: 'only' },
      schema: {
        operationId: 'runCommand', tags: ['Команды'], summary: 'Выполнить команду', description: 'commandId придумывает вызывающая программа (UUID) и повторяет его, если не получила ответа: команда выполнится один раз.',
        body: commandRequestSchema,
        response: { 200: commandAppliedSchema, 409: commandRejectedSchema, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { commandId } = request.body;
      const outcome = await admission.run(() => runForProgram(programOf(request), request.body));
      if (outcome === null) throw new Overloaded();
      if (outcome.outcome === 'applied') return { commandId, ...outcome };
      // The schema's JSON is changeable, a refusal's read-only; both are the same JSON.
      return reply.status(409).send({ commandId, ...outcome, refusal: outcome.refusal as z.infer<typeof commandRejectedSchema>['refusal'], ...describeRefusal(outcome.refusal) });
    },
  );
}

function infoOf({ name, title, version, input }: Command): z.infer<typeof commandInfoSchema> {
  return { name, title, version, input: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as z.infer<typeof commandInfoSchema>['input'] }; // a JSON schema is JSON
}
