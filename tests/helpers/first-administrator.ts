import { paths } from '../../shared/protocol/paths.ts';
import { apiDesk } from '../../tools/demo/api-desk.ts';
import { freePort } from './free-port.ts';
import { runToEnd, startProgram, untilAnswers } from './program.ts';

/** Makes a data folder with a new database, its first administrator, and the password that he chose at his first login. */
export async function firstAdministrator(data: string, flags: readonly string[], { login, password }: { readonly login: string; readonly password: string }): Promise<void> {
  const said = await runToEnd('server/start.ts', ['admin', login, '--data', data, ...flags]);
  const oneTime = /парол\S*[^:\n]*:\s*(\S+)/iu.exec(said)?.[1];
  if (oneTime === undefined) throw new Error(`Центр не назвал пароль администратора:\n${said}`);
  const [port, smtpPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const program = startProgram('server/start.ts', ['--data', data, '--port', String(port), '--smtp-port', String(smtpPort), ...flags]);
  try {
    await untilAnswers(program, `${url}${paths.health}`);
    await apiDesk(url).login(login, oneTime, { newPassword: password });
  } finally {
    await program.stop();
  }
}
