import { localPath } from '#domain/base/place.ts'
import { show } from '#server/kernel/routes.ts'

const COOKIE = 'large'
const YEAR_SECONDS = 31_536_000

/** Whether this reader chose large type. Pages that differ by it say `Vary: Cookie`. */
export const wantsLarge = (cookies: Record<string, string | undefined>): boolean => cookies[COOKIE] === '1'

/** The large-type switch (适老化) as a plain link, so that it works without script. */
export const largeTypeRoute = show({ name: 'largeType', path: '/large-type', access: 'public' }, async (exchange) => {
  const { reply, query } = exchange
  if (query['on'] === '1') {
    reply.setCookie(COOKIE, '1', { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax', httpOnly: true })
  } else {
    reply.clearCookie(COOKIE, { path: '/' })
  }
  return reply.header('cache-control', 'no-store').redirect(localPath(query['back']) ?? '/', 303)
})
