import type { OpenedBox } from '#ballot/box/box.ts'
import { openHere, withDataDir } from './district.ts'
import { type Finding, startServer } from './measure.ts'
import { fieldsOf, openHereBox, type Polling, preparePolling, vote } from './polling.ts'
import type { Voted } from './voter.ts'

// Kill -9 at a random moment while ballots are cast, again and again on the same box: none acknowledged is lost, none counts twice.

const ROUNDS = 30
const CALLERS = 32
const CODES_A_ROUND = 6_000

export interface BallotProof {
  acknowledged: number
  /** Ballots that were cut off before an answer, sent again with the same mark after the restart. */
  resent: number
  faults: string[]
  rounds: { acknowledged: number; faults: number; afterMs: number }[]
}

export const proveBallots = async (): Promise<Finding> => {
  const proof = await killTheBoxAgainAndAgain(ROUNDS)
  return {
    bench: 'ballotDurability',
    ratio: proof.faults.length,
    goal: 0,
    better: 'less',
    ours: proof.faults.length,
    limit: 0,
    runs: proof.rounds.map((round) => ({ ours: round.faults, limit: 0 })),
    acknowledged: proof.acknowledged,
    resent: proof.resent,
    lines: [
      `${proof.acknowledged} acknowledged ballots and ${proof.resent} sent again over ${proof.rounds.length} kills: ${proof.faults.length} faults`,
      ...proof.faults.slice(0, 20),
    ],
  }
}

/** `databaseUrl`: the box in an empty PostgreSQL, which survives the kill itself, instead of its file. */
export const killTheBoxAgainAndAgain = (rounds: number, databaseUrl?: string): Promise<BallotProof> =>
  withDataDir('ballot-durability', async (dataDir) => {
    await (await openHere(dataDir)).database.close()
    const polling = await preparePolling(dataDir, Math.min(rounds, 10) * CODES_A_ROUND, databaseUrl)
    const spare = polling.codes.pop() ?? ''
    const env = databaseUrl === undefined ? {} : { BALLOT_DATABASE_URL: databaseUrl }
    const counted = new Set<string>()
    const proof: BallotProof = { acknowledged: 0, resent: 0, faults: [], rounds: [] }
    let from = 0
    let cutOff: Voted['unanswered'] = []
    for (let round = 0; round < rounds; round += 1) {
      const server = await startServer({ dataDir, env })
      const fields = await fieldsOf(server.url, spare)
      // Whoever was cut off sends the same form again: thanked either way, and counted once.
      for (const { code, attempt } of cutOff) {
        const again = await vote({ url: `${server.url}/t`, codes: [code], attempt, fields, callers: 1, seconds: 10 })
        if (again.counted.length !== 1)
          proof.faults.push(`round ${round}: a ballot that was cut off cannot be sent again`)
        counted.add(code)
      }
      proof.resent += cutOff.length
      const afterMs = 30 + Math.floor(Math.random() * 700)
      const codes = polling.codes.slice(from)
      const voting = vote({ url: `${server.url}/t`, codes, fields, callers: CALLERS, seconds: 20 }, () =>
        setTimeout(() => void server.kill(), afterMs),
      )
      const voted = await voting
      for (const code of voted.counted) counted.add(code)
      cutOff = voted.unanswered
      from += voted.counted.length + voted.unanswered.length + voted.refused
      const faults = await faultsOf(await openHereBox(dataDir, databaseUrl), polling, {
        counted,
        cutOff,
        refused: voted.refused,
        round,
      })
      proof.faults.push(...faults)
      proof.rounds.push({ acknowledged: voted.counted.length, faults: faults.length, afterMs })
    }
    proof.acknowledged = counted.size
    if (counted.size === 0) proof.faults.push('nothing was acknowledged: the bench did not vote')
    return proof
  })

interface Told {
  counted: ReadonlySet<string>
  cutOff: Voted['unanswered']
  refused: number
  round: number
}

/** Every spent code has one ballot and every ballot a spent code; what was acknowledged is among them. */
async function faultsOf(box: OpenedBox, { surveyId }: Polling, told: Told): Promise<string[]> {
  const keys = box.context.keys.find(surveyId)
  const rows = await box.context.database.read.all<{ handle: Uint8Array }>(
    'select handle from credential where spent = 1',
  )
  const spent = new Set(rows.map((row) => Buffer.from(row.handle).toString('hex')))
  const one = async (text: string) => Number((await box.context.database.read.all<{ n: number }>(text))[0]?.n)
  const ballots = (await one('select count(*) as n from inbox')) + (await one('select count(*) as n from ballot'))
  const marks = (await one('select count(*) as n from inbox')) + (await one('select count(*) as n from receipt'))
  const classes = await one('select sum(counted) as n from batch')
  await box.close()
  const faults: string[] = []
  const say = (text: string) => faults.push(`round ${told.round}: ${text}`)
  for (const code of told.counted)
    if (!spent.has(keys?.handle('secret', code).toString('hex') ?? '')) say('an acknowledged ballot is lost')
  if (ballots !== spent.size) say(`${ballots} ballots and ${spent.size} spent codes`)
  if (marks !== spent.size) say(`${marks} check codes and ${spent.size} spent codes`)
  if (classes !== spent.size) say(`${classes} counted by class and ${spent.size} spent codes`)
  if (spent.size > told.counted.size + told.cutOff.length) say('more was counted than was sent')
  if (told.refused > 0) say(`${told.refused} good ballots were refused`)
  return faults
}
