import { demand, found } from '#server/kernel/problem.ts'
import { type Exchange, sendDocument, show } from '#server/kernel/routes.ts'
import { againstBroken } from '#server/kernel/seal.ts'
import { findPackage } from './queries.ts'

/** What goes upward, byte for byte as its digest covers it: the frozen application with its receipt, and the certificate. */
const packageFile = show(
  { name: 'recommendationFile', path: '/recommendations/:id/package.json', access: ['office'] },
  async (exchange: Exchange) => {
    const row = found(await findPackage(exchange.look, exchange.params['id'] ?? ''))
    demand(await againstBroken(exchange.look.db, 'recommendation', { id: row.id }))
    const { schoolId, digest } = row
    await exchange.work(async (work) =>
      work.record('recommendation.downloaded', 'recommendation', row.id, { schoolId, digest }),
    )
    return sendDocument(exchange.reply, {
      name: `推荐材料-${row.schoolName}-${row.digest?.slice(0, 12)}.json`,
      mime: 'application/json',
      body: row.package,
    })
  },
)

export const recommendationDocuments = [packageFile]
