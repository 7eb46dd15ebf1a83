import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from '#server/kernel/clock.ts'
import { entryAt, keepEntries, makeDistrict, openHere, withDataDir } from './district.ts'
import { alternate, compared, type Finding, residentMemory, startProcess, startServer } from './measure.ts'

// From spawning the process to its first 200 on a database of 500 MB, against Fastify with nothing in it.

const BYTES = 500_000_000
const AT_ONCE = 2_000
const ROUNDS = 9
const GOAL = 2
const MEMORY_GOAL = 130
const IDLE_MS = 3_000

export const timeStart = (): Promise<Finding> =>
  withDataDir('start', async (dataDir) => {
    const bytes = await fill(dataDir)
    const ours = async () => {
      const server = await startServer({ dataDir })
      await server.stop()
      return server.readyAfter
    }
    const limit = async () => {
      const server = await startProcess({ args: ['bench/limit/bare.ts'] })
      await server.kill()
      return server.readyAfter
    }
    const found = compared(await alternate(ROUNDS, ours, limit))
    const memory = await idleMemory(dataDir)
    return {
      bench: 'start',
      ...found,
      goal: GOAL,
      better: 'less',
      also: memory === undefined ? [] : [{ what: 'idle memory in MiB', value: memory, atMost: MEMORY_GOAL }],
      databaseBytes: bytes,
      lines: [
        `on a database of ${(bytes / 1e6).toFixed(0)} MB: ${found.ours.toFixed(0)} ms, bare Fastify ${found.limit.toFixed(0)} ms`,
      ],
    }
  })

/** Entries with long random texts, since what matters is the size of the file. */
async function fill(dataDir: string): Promise<number> {
  const house = await openHere(dataDir)
  const district = await makeDistrict(house)
  const file = join(dataDir, 'yipin.db')
  for (let made = 0; statSync(file).size < BYTES; made += AT_ONCE) {
    const at = house.clock.now()
    const rows = Array.from({ length: AT_ONCE }, (_, index) =>
      entryAt(made + index, uuidv7(at), district, randomBytes(4_500).toString('base64')),
    )
    await keepEntries(house, rows)
  }
  await house.database.close()
  return statSync(file).size
}

/** What the process holds after it answered one request and was left alone. */
async function idleMemory(dataDir: string): Promise<number | undefined> {
  const server = await startServer({ dataDir })
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
  const memory = residentMemory(server.pid)
  await server.stop()
  return memory
}
