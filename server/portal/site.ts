import type { Actor } from '#domain/base/actor.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import type { Site } from './layout.ts'
import { wantsLarge } from './largeType.ts'

const PROGRAMME = '一校一品'

/** The site around a page: whose it is and how this reader wants to see it. */
export async function readSite(exchange: Pick<Exchange<Actor>, 'look' | 'request' | 'reply'>): Promise<Site> {
  const bureau = await exchange.look.db
    .selectFrom('organization')
    .select('name')
    .where('level', '=', 'district')
    .where('retiredAt', 'is', null)
    .orderBy('createdAt')
    .executeTakeFirst()
  // The same address looks different in large type, so a cache must keep both.
  exchange.reply.header('vary', 'Cookie')
  return siteOf(bureau?.name, exchange)
}

/** The same for the page of an error, which must be drawn even when the database cannot be asked. */
export const readSiteIfAny = (exchange: Pick<Exchange<Actor>, 'look' | 'request' | 'reply'>): Promise<Site> =>
  readSite(exchange).catch(() => siteOf(undefined, exchange))

const siteOf = (
  bureauName: string | undefined,
  { request, look }: Pick<Exchange<Actor>, 'look' | 'request'>,
): Site => ({
  bureauName: bureauName ?? '教育局',
  programmeName: PROGRAMME,
  publicUrl: look.house.settings.publicUrl,
  large: wantsLarge(request.cookies),
})
