import { sweepFiles } from './records/file/actions.ts'
import { sweepSessions } from './kernel/session.ts'
import type { House } from './kernel/work.ts'

const FIRST_AFTER_MS = 10 * 60_000
const AGAIN_AFTER_MS = 24 * 60 * 60_000

/** What the house throws away by itself, told by number: files that nobody used, sessions that are long over. */
export async function tidy(house: House): Promise<{ files: number; bytes: number; sessions: number }> {
  const swept = { ...(await sweepFiles(house)), sessions: await sweepSessions(house) }
  house.log.info(swept, 'tidied')
  return swept
}

/** Soon after the start, since one may be restarted every night, and then once a day. Two processes may do it at once. */
export function keepTidy(house: House): { stop: () => void } {
  const run = () => void tidy(house).catch((error: unknown) => house.log.error(error))
  const first = setTimeout(run, FIRST_AFTER_MS).unref()
  const again = setInterval(run, AGAIN_AFTER_MS).unref()
  return {
    stop: () => {
      clearTimeout(first)
      clearInterval(again)
    },
  }
}
