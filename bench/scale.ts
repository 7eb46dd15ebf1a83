import { type District, makeDistrict, openHere, withDataDir } from './district.ts'
import { alternate, compared, type Finding, findingOf, load, startServer } from './measure.ts'
import { furnishSchool, widen } from './wide.ts'

// The pages that one school opens, in a district of 5,000 schools against the same pages in one of 49. The events are left out: what one
// costs grows with the schools that it invites, and here each invites all.

const FEW = 49
const MANY = 5_000
const ROUNDS = 5
const SECONDS = 0.8
const GOAL = 2

const paths = [
  '/api/todo',
  '/api/ledger/entries',
  '/api/ledger/desk',
  '/api/ledger/figures',
  '/api/plans/own',
  '/api/applications/own',
  '/api/summaries/own',
  '/api/comments',
  '/api/findings',
]

export const driveScale = (): Promise<Finding> =>
  withDataDir('scale-few', (few) =>
    withDataDir('scale-many', async (many) => {
      const sides = [await serve(few, FEW), await serve(many, MANY)] as const
      const results = []
      for (const path of paths) {
        const [one, other] = sides.map(({ url, cookie }) => async () => {
          const tally = await load({ url: `${url}${path}`, headers: { cookie }, callers: 1, seconds: SECONDS })
          return tally.medianMs
        })
        if (!one || !other) throw new Error('a side is missing')
        results.push({ path, ...compared(await alternate(ROUNDS, other, one)) })
      }
      for (const side of sides) await side.stop()
      return findingOf(
        { bench: 'scale', goal: GOAL, better: 'less' },
        results,
        (one) =>
          `${one.path}: ${one.ours.toFixed(1)} ms at ${MANY} schools, ${one.limit.toFixed(1)} ms at ${FEW}, ratio ${one.ratio.toFixed(2)}`,
      )
    }),
  )

async function serve(dataDir: string, schools: number) {
  const house = await openHere(dataDir)
  const district = await makeDistrict(house, 1)
  const first = firstOf(district)
  await furnishSchool(house.database.writer, first)
  await widen(house.database, first, schools - 1)
  await house.database.close()
  const server = await startServer({ dataDir })
  return { url: server.url, cookie: district.clerk.cookie, stop: () => server.stop() }
}

const firstOf = (district: District) => ({
  schoolId: district.schoolIds[0] ?? '',
  bureauId: district.bureauId,
  cycleId: district.cycleId,
  personId: district.clerk.personId,
  departmentId: null,
  standardId: district.standardId,
  now: district.now,
})
