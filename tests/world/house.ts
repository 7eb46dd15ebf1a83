import { type Ballot, openBallot } from '#server/ballot.ts'
import type { Database } from '#server/db/open.ts'
import type { Clock } from '#server/kernel/clock.ts'
import { openFiles } from '#server/kernel/files/open.ts'
import { openLog } from '#server/kernel/log.ts'
import type { Settings } from '#server/kernel/settings.ts'
import type { House } from '#server/kernel/work.ts'

export const HOST = 'yipin.test'
export const ORIGIN = `https://${HOST}`
/** When every world begins. */
export const START = '2026-05-11T02:00:00.000Z'

export async function openTestHouse(
  database: Database,
  dataDir: string,
  clock: Clock,
): Promise<{ house: House; ballot: Ballot }> {
  const settings: Settings = {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: undefined,
    publicUrl: ORIGIN,
    logLevel: 'silent',
    trustProxy: false,
    ballot: {},
  }
  const log = openLog(process.env['TEST_LOG'] ?? 'silent')
  const ballot = openBallot({ settings, now: clock.now, failed: (error) => log.error(error) })
  const house: House = {
    database,
    clock,
    files: await openFiles(dataDir),
    settings,
    ballotBox: ballot.calls,
    boxTroubles: ballot.troubles,
    boxHints: ballot.hints,
    log,
  }
  return { house, ballot }
}
