import { givePassword, type World, world } from './world.ts'
import { HOST } from './house.ts'

export const PASSWORD = '春天里种一棵槐树 2026 K9'
export const OTHER = '秋天里收一筐柿子 2027 M4'

export async function loginNameOf(w: World, personId: string): Promise<string> {
  const { loginName } = await w.house.database.reader
    .selectFrom('account')
    .select('loginName')
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow()
  return loginName
}

/** A clerk with a password, and a way to post forms from any address. */
export async function furnished(t: Parameters<typeof world>[0]) {
  const w = await world(t)
  const personId = w.personOf('clerk')
  await givePassword(w, personId, PASSWORD)
  const loginName = await loginNameOf(w, personId)
  const post = (url: string, fields: Record<string, string>, from: { ip?: string; cookie?: string } = {}) =>
    w.app.inject({
      method: 'POST',
      url,
      remoteAddress: from.ip ?? '10.0.0.1',
      headers: {
        host: HOST,
        origin: `https://${HOST}`,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        ...(from.cookie ? { cookie: from.cookie } : {}),
      },
      payload: new URLSearchParams(fields).toString(),
    })
  const signIn = (password: string, from: { ip?: string; cookie?: string; loginName?: string; next?: string } = {}) =>
    post(
      '/sign-in',
      { loginName: from.loginName ?? loginName, password, ...(from.next ? { next: from.next } : {}) },
      from,
    )
  const me = (cookie: string) => w.app.inject({ method: 'GET', url: '/api/me', headers: { host: HOST, cookie } })
  return { w, personId, loginName, post, signIn, me }
}

export const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''

export const auditOf = (w: World, event: string) =>
  w.house.database.reader.selectFrom('auditRow').selectAll().where('event', '=', event).orderBy('seq').execute()
