import { join } from 'node:path'
import { schoolScope } from '#domain/base/actor.ts'
import { entryFilter } from '#contract/ledger/ledger.ts'
import { countOfEntries, pageOfEntries } from '#server/ledger/list/queries.ts'
import { uuidv7 } from '#server/kernel/clock.ts'
import { readActor } from '#server/kernel/session.ts'
import type { House } from '#server/kernel/work.ts'
import { type Seat, type District, entryAt, keepEntries, makeDistrict, openHere, withDataDir } from './district.ts'
import { alternate, compared, type Finding, findingOf, load, startProcess, startServer } from './measure.ts'

// A signed-in list of 50 of 100,000 entries over HTTP, against the same SQL by node:sqlite alone behind a bare Fastify.

const ENTRIES = 100_000
const CALLERS = 8
const ROUNDS = 5
const SECONDS = 1.2
const GOAL = 0.5
const QUERY = 'pillar=activity&sort=-happenedOn&size=50&page=2'
const FILTER = entryFilter.parse({ pillar: 'activity', sort: '-happenedOn' })
const CUT = { limit: 50, offset: 50 }

interface Statement {
  sql: string
  parameters: unknown[]
}
interface Case {
  name: string
  cookie: string
  page: Statement
  count: Statement
}

export const driveList = (): Promise<Finding> =>
  withDataDir('list', async (dataDir) => {
    const cases = await prepare(dataDir)
    const ours = await startServer({ dataDir })
    const limit = await startProcess({
      args: ['bench/limit/statements.ts'],
      env: { DATABASE: join(dataDir, 'yipin.db'), STATEMENTS: JSON.stringify(cases) },
    })
    const results = []
    for (const [index, one] of cases.entries()) {
      const own = { url: `${ours.url}/api/ledger/entries?${QUERY}`, headers: { cookie: one.cookie } }
      const bare = { url: `${limit.url}/${index}`, headers: {} }
      const total = await demandAlike(own, bare)
      const runs = await alternate(
        ROUNDS,
        async () => (await load({ ...own, callers: CALLERS, seconds: SECONDS })).rate,
        async () => (await load({ ...bare, callers: CALLERS, seconds: SECONDS })).rate,
      )
      results.push({ name: one.name, total, ...compared(runs) })
    }
    await ours.stop()
    await limit.stop()
    return findingOf(
      { bench: 'list', goal: GOAL, better: 'more' },
      results,
      (one) =>
        `${one.name} (${one.total} entries): ${one.ours.toFixed(0)}/s, limit ${one.limit.toFixed(0)}/s, ratio ${one.ratio.toFixed(2)}`,
    )
  })

interface Asked {
  url: string
  headers: Record<string, string>
}

/** Both sides must answer the same 50 of the same many, or the comparison means nothing. */
async function demandAlike(own: Asked, bare: Asked): Promise<number> {
  const read = async ({ url, headers }: Asked): Promise<{ total: number; items: unknown[] }> => {
    const answer = await fetch(url, { headers })
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const [a, b] = [await read(own), await read(bare)]
  if (a.total !== b.total || a.items.length !== 50 || b.items.length !== 50)
    throw new Error(`both must answer alike: ${JSON.stringify([a.total, b.total, a.items.length, b.items.length])}`)
  return a.total
}

async function prepare(dataDir: string): Promise<Case[]> {
  const house = await openHere(dataDir)
  const district = await makeDistrict(house)
  const at = house.clock.now()
  await keepEntries(
    house,
    Array.from({ length: ENTRIES }, (_, index) => entryAt(index, uuidv7(at), district)),
  )
  const cases = [
    await caseOf(house, district, { ...district.office, name: 'district list of the office' }),
    await caseOf(house, district, { ...district.clerk, name: 'school list of the clerk' }),
  ]
  await house.database.close()
  return cases
}

async function caseOf(house: House, district: District, seat: Seat): Promise<Case> {
  const { reader } = house.database
  const actor = await readActor(reader, { personId: seat.personId, name: seat.name, bureauId: district.bureauId })
  const own = actor.grants.filter((one) => one.role === 'clerk').map((one) => one.organizationId)
  const listed = { scope: schoolScope(actor), own, cycleId: district.cycleId, waiting: false, filter: FILTER }
  const statement = ({ sql, parameters }: { sql: string; parameters: readonly unknown[] }): Statement => ({
    sql,
    parameters: [...parameters],
  })
  return {
    name: seat.name,
    cookie: seat.cookie,
    page: statement(pageOfEntries(reader, listed, CUT).compile()),
    count: statement(countOfEntries(reader, listed).compile()),
  }
}
