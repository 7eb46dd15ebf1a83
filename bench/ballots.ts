import { join } from 'node:path'
import { makeDistrict, openHere, withDataDir } from './district.ts'
import {
  alternate,
  compared,
  type Finding,
  load,
  median,
  residentMemory,
  type Running,
  startProcess,
  startServer,
} from './measure.ts'
import { fieldsOf, preparePolling, vote } from './polling.ts'

// A ballot of ten questions with a one-time code, durable before the answer, from 64 callers at one address, against a bare Fastify
// that parses the same form and commits its bytes by group commit. Then a rush while somebody works in the console.

const CALLERS = 64
const ROUNDS = 5
const SECONDS = 1.5
const CODES = 100_000
const GOAL = 0.6
/** Two thousand in ten minutes are 3.3 a second; the rush here is ten times as dense. */
const RUSH = { ballots: 2_000, pace: 33 }
/** The box mixes every twenty seconds. */
const MIXED_MS = 30_000
const QUIET_SECONDS = 10
const SLOWER = 2
const GROWTH_MIB = 60

export const driveBallots = (): Promise<Finding> =>
  withDataDir('ballots', async (dataDir) => {
    const house = await openHere(dataDir)
    const { clerk } = await makeDistrict(house)
    await house.database.close()
    const polling = await preparePolling(dataDir, CODES)
    const ours = await startServer({ dataDir })
    const limit = await startProcess({ args: ['bench/limit/ballots.ts'], env: { DATABASE: join(dataDir, 'limit.db') } })
    const fields = await fieldsOf(ours.url, polling.codes.at(-1) ?? '')
    let from = 0
    let refused = 0
    const poll = async (url: string, codes: string[]) => {
      const voted = await vote({ url: `${url}/t`, codes, fields, callers: CALLERS, seconds: SECONDS })
      const lost = voted.refused + voted.unanswered.length
      refused += lost
      return { rate: voted.rate, taken: voted.counted.length + lost }
    }
    const runs = await alternate(
      ROUNDS,
      async () => {
        const { rate, taken } = await poll(ours.url, polling.codes.slice(from))
        from += taken
        return rate
      },
      async () => (await poll(limit.url, polling.codes)).rate,
    )
    if (CODES - from < RUSH.ballots) throw new Error('too few codes were prepared for so fast a machine')
    await limit.stop()
    // What so many callers left behind is mixed first, or the rush would be charged for it.
    await new Promise((resolve) => setTimeout(resolve, MIXED_MS))
    const rush = await rushWhileWorking(ours, clerk.cookie, { codes: polling.codes.slice(from), fields })
    await ours.stop()
    const found = compared(runs)
    return {
      bench: 'ballots',
      goal: GOAL,
      better: 'more',
      ...found,
      also: [
        { what: 'refused of all ballots with a good code', value: refused + rush.refused, atMost: 0 },
        { what: 'console p95 in the rush over quiet', value: rush.slower, atMost: SLOWER },
        { what: 'memory grown in the rush, MiB', value: rush.grownMib, atMost: GROWTH_MIB },
      ],
      rush,
      lines: [
        `${found.ours.toFixed(0)} ballots/s, limit ${found.limit.toFixed(0)}/s`,
        `rush of ${RUSH.ballots} ballots at ${RUSH.pace}/s from one address: median ${rush.medianMs.toFixed(1)} ms, p95 ${rush.slowMs.toFixed(1)} ms`,
        `console p95 quiet ${rush.quietMs.toFixed(1)} ms, in the rush ${rush.rushMs.toFixed(1)} ms`,
      ],
    }
  })

async function rushWhileWorking(ours: Running, cookie: string, { codes, fields }: { codes: string[]; fields: string }) {
  const work = { url: `${ours.url}/api/me`, headers: { cookie }, callers: 2 }
  const p95 = async (seconds: number) => (await load({ ...work, seconds })).p95Ms
  await p95(2)
  const quiet = await p95(QUIET_SECONDS)
  const before = residentMemory(ours.pid) ?? 0
  const voting = vote({
    url: `${ours.url}/t`,
    codes: codes.slice(0, RUSH.ballots),
    fields,
    callers: CALLERS,
    seconds: 300,
    pace: RUSH.pace,
  })
  const rushes: number[] = []
  const rushSeconds = RUSH.ballots / RUSH.pace
  for (let gone = 0; gone + QUIET_SECONDS < rushSeconds; gone += QUIET_SECONDS) rushes.push(await p95(QUIET_SECONDS))
  const voted = await voting
  const rush = median(rushes)
  return {
    quietMs: quiet,
    rushMs: rush,
    slower: rush / quiet,
    medianMs: voted.medianMs,
    slowMs: voted.slowMs,
    refused: RUSH.ballots - voted.counted.length,
    grownMib: Math.max(0, (residentMemory(ours.pid) ?? 0) - before),
  }
}
