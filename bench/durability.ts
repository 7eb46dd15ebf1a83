import { fork } from 'node:child_process'
import type { House } from '#server/kernel/work.ts'
import { breachesOf } from '#server/records/invariants.ts'
import { type District, makeDistrict, openHere, withDataDir } from './district.ts'
import { type Finding, type Running, startServer } from './measure.ts'
import type { Acknowledged, Writing } from './writer.ts'

// Kill -9 at a random moment under load, again and again on the same data: what was acknowledged is there and whole.

const ROUNDS = 30
const WRITERS = 8

export interface Proof {
  acknowledged: number
  files: number
  /** Everything that was lost or left half-made, over all rounds. */
  faults: string[]
  rounds: { acknowledged: number; faults: number; afterMs: number }[]
}

export const proveDurability = async (): Promise<Finding> => {
  const proof = await killAgainAndAgain(ROUNDS)
  return {
    bench: 'durability',
    ratio: proof.faults.length,
    goal: 0,
    better: 'less',
    ours: proof.faults.length,
    limit: 0,
    runs: proof.rounds.map((round) => ({ ours: round.faults, limit: 0 })),
    acknowledged: proof.acknowledged,
    files: proof.files,
    rounds: proof.rounds,
    faults: proof.faults.slice(0, 20),
    lines: [
      `${proof.acknowledged} acknowledged entries and ${proof.files} files over ${proof.rounds.length} kills: ${proof.faults.length} faults`,
      ...proof.faults.slice(0, 20),
    ],
  }
}

export const killAgainAndAgain = (rounds: number): Promise<Proof> =>
  withDataDir('durability', async (dataDir) => {
    const district = await prepare(dataDir)
    const all: Acknowledged[] = []
    const proof: Proof = { acknowledged: 0, files: 0, faults: [], rounds: [] }
    for (let round = 0; round < rounds; round += 1) {
      const server = await startServer({ dataDir })
      const afterMs = 20 + Math.floor(Math.random() * 1_180)
      const known = await writeUntilKilled(server, district, afterMs)
      all.push(...known)
      const house = await openHere(dataDir)
      const faults = [...(await lostOf(house, all)), ...(await halfMadeOf(house)), ...(await breachesOf(house))]
      await house.database.close()
      proof.faults.push(...faults)
      proof.rounds.push({ acknowledged: known.length, faults: faults.length, afterMs })
    }
    proof.acknowledged = all.length
    proof.files = all.filter((one) => one.file).length
    if (all.length === 0) proof.faults.push('nothing was acknowledged: the bench did not write')
    return proof
  })

async function prepare(dataDir: string): Promise<District> {
  const house = await openHere(dataDir)
  const district = await makeDistrict(house)
  await house.database.close()
  return district
}

async function writeUntilKilled(server: Running, district: District, afterMs: number): Promise<Acknowledged[]> {
  const writer = fork(new URL('./writer.ts', import.meta.url), { execArgv: ['--disable-warning=ExperimentalWarning'] })
  let begun: () => void = () => undefined
  const writingBegan = new Promise<void>((resolve) => {
    begun = resolve
  })
  const known = new Promise<Acknowledged[]>((resolve, reject) => {
    writer.on('message', (told) => (told === 'writing' ? begun() : resolve(told as Acknowledged[])))
    writer.once('exit', (code) => reject(new Error(`the writers ended with ${code} before they reported`)))
  })
  const writing: Writing = {
    url: server.url,
    cookie: district.clerk.cookie,
    today: district.today,
    writers: WRITERS,
  }
  writer.send(writing)
  await Promise.race([known, writingBegan])
  await Promise.race([known, new Promise((resolve) => setTimeout(resolve, afterMs))])
  await server.kill()
  return known
}

const steps = ['drafted', 'filed', 'corrected'] as const

/** What was acknowledged and is not there. */
async function lostOf(house: House, known: readonly Acknowledged[]): Promise<string[]> {
  const rows = await house.database.reader.selectFrom('entry').select(['id', 'title', 'state', 'version']).execute()
  const files = await house.database.reader.selectFrom('file').select(['id', 'sha256']).execute()
  const linked = await house.database.reader.selectFrom('evidence').select(['subjectId', 'fileId']).execute()
  const entries = new Map(rows.map((row) => [row.id, row]))
  const digests = new Map(files.map((row) => [row.id, row.sha256]))
  const links = new Set(linked.map((row) => `${row.subjectId} ${row.fileId}`))
  return known.flatMap(({ id, title, step, file }) => {
    const row = entries.get(id)
    if (!row || row.title !== title) return [`entry ${id} was acknowledged as ${step} and is not there`]
    const reached = row.version > 1 ? 'corrected' : row.state === 'filed' ? 'filed' : 'drafted'
    const back =
      steps.indexOf(reached) < steps.indexOf(step) ? [`entry ${id} was acknowledged as ${step} and is ${reached}`] : []
    if (!file) return back
    const unlinked = links.has(`${id} ${file.id}`) ? [] : [`entry ${id} has lost its evidence`]
    return [...back, ...unlinked, ...(digests.get(file.id) === file.sha256 ? [] : [`file ${file.id} is not there`])]
  })
}

/** Every step of an entry leaves exactly its rows: state, version and audit came together or not at all. */
async function halfMadeOf(house: House): Promise<string[]> {
  const db = house.database.reader
  const entries = await db.selectFrom('entry').select(['id', 'state', 'version']).execute()
  const versions = await db.selectFrom('entryVersion').select('entryId').execute()
  const audited = await db
    .selectFrom('auditRow')
    .select(['event', 'subjectId'])
    .where('subjectType', '=', 'entry')
    .execute()
  const many = (keys: string[]) => {
    const counts = new Map<string, number>()
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
    return counts
  }
  const kept = many(versions.map((row) => row.entryId))
  const events = many(audited.map((row) => `${row.event} ${row.subjectId}`))
  const faults = entries.flatMap(({ id, state, version }) => {
    const wanted = { created: 1, file: state === 'filed' ? 1 : 0, correct: version - 1 }
    const wrong = Object.entries(wanted).filter(([event, count]) => (events.get(`entry.${event} ${id}`) ?? 0) !== count)
    const oldVersions = kept.get(id) ?? 0
    return [
      ...wrong.map(
        ([event, count]) => `entry ${id} (${state}, version ${version}) should have ${count} × entry.${event}`,
      ),
      ...(oldVersions === version - 1 ? [] : [`entry ${id} is at version ${version} with ${oldVersions} old ones`]),
    ]
  })
  const ids = new Set(entries.map((row) => row.id))
  return [
    ...faults,
    ...audited.filter((row) => !ids.has(row.subjectId)).map((row) => `audit of no entry ${row.subjectId}`),
  ]
}
