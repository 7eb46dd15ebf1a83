import { outcomeWords } from '#domain/year/outcome.ts'
import { methodLabels, scoredMethods } from '#domain/year/standard.ts'
import { againstRecused, barredSchools } from '#server/identity/recusal/queries.ts'
import { sendListSheet } from '#server/kernel/listSheet.ts'
import { demand, found } from '#server/kernel/problem.ts'
import { type Exchange, sendDocument, show } from '#server/kernel/routes.ts'
import { againstBroken } from '#server/kernel/seal.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { bodyOf, findResult, readNames } from './queries.ts'
import { inYear } from './views.ts'

/** The canonical JSON behind the digest: whoever has it can recompute the seal. */
const resultFile = show(
  { name: 'resultFile', path: '/results/:id/sealed.json', access: ['office', 'auditor'] },
  async (exchange: Exchange) => {
    const result = await findResult(exchange.look, exchange.params['id'] ?? '')
    demand(await againstBroken(exchange.look.db, 'result', { id: result.id }))
    // The file holds every school's scores; it goes to nobody who has recused from one of them.
    demand(await againstRecused(exchange.look, result.cycleId))
    const { digest } = result
    await exchange.work(async (work) => work.record('result.downloaded', 'result', result.id, { digest }))
    return sendDocument(exchange.reply, {
      name: `评审结果-${result.digest.slice(0, 12)}.json`,
      mime: 'application/json',
      body: result.body,
    })
  },
)

const rankingSheet = show(
  { name: 'rankingSheet', path: '/results/:id/ranking.xlsx', access: ['office'] },
  async (exchange: Exchange) => {
    const result = await findResult(exchange.look, exchange.params['id'] ?? '')
    demand(await againstBroken(exchange.look.db, 'result', { id: result.id }))
    const barred = await barredSchools(exchange.look, result.cycleId)
    const places = bodyOf(result).places.filter((one) => !barred.has(one.schoolId))
    const names = await readNames(
      exchange.look.db,
      places.map((one) => one.applicationId),
    )
    const { outcomeKind } = await readCycle(exchange.look.db, result.cycleId)
    const rows = inYear(
      outcomeKind,
      places.map((one) => ({ ...one, ...found(names.get(one.applicationId)) })),
      names,
    )
    const placed = { header: '名次', width: 6, kind: 'number', of: (row: (typeof rows)[number]) => row.place } as const
    return sendListSheet(exchange, {
      title: '评审结果',
      rows,
      columns: [
        ...(outcomeWords(outcomeKind).graded ? [placed] : []),
        { header: '学校', width: 28, kind: 'text', of: (row) => row.schoolName },
        { header: '学段', width: 10, kind: 'text', of: (row) => row.stage },
        { header: '品牌', width: 20, kind: 'text', of: (row) => row.brandName },
        ...scoredMethods.map((method) => ({
          header: methodLabels[method],
          width: 10,
          kind: 'score' as const,
          of: (row: (typeof rows)[number]) => row.methods[method] ?? 0,
        })),
        { header: '群众测评', width: 10, kind: 'score', of: (row) => row.survey },
        { header: '加分', width: 8, kind: 'score', of: (row) => row.bonus },
        { header: '减分', width: 8, kind: 'score', of: (row) => row.deduction },
        { header: '总分', width: 10, kind: 'score', of: (row) => row.total },
      ],
    })
  },
)

export const reviewDocuments = [resultFile, rankingSheet]
