import { refuse } from './problem.ts'
import type { House } from './work.ts'

/** So many pass at once, and one more every minute: a family, a staff room, a class. */
const FREE = 10
const REFILL_MS = 60_000
/** Beyond that, those of one network stand in a line and one passes each second. */
const STEP_MS = 1_000
const LINE = 30

interface Pace {
  free: number
  at: number
  waiting: number
  line: Promise<void>
}

const paces = new WeakMap<House, Map<string, Pace>>()

function paceOf(house: House, key: string, now: number): Pace {
  const all = paces.get(house) ?? new Map<string, Pace>()
  paces.set(house, all)
  for (const [other, one] of all) if (one.waiting === 0 && now - one.at > FREE * REFILL_MS) all.delete(other)
  const pace = all.get(key) ?? { free: FREE, at: now, waiting: 0, line: Promise.resolve() }
  all.set(key, pace)
  const gained = Math.max(0, Math.floor((now - pace.at) / REFILL_MS))
  pace.free = Math.min(FREE, pace.free + gained)
  pace.at += gained * REFILL_MS
  return pace
}

/**
 * Slows a network that sends a crowd, and nobody else: true when this one came out of a crowd. The addresses live in memory only.
 * `elsewhere` says what else a person can do while the line is full.
 */
export async function keepPace(house: House, key: string, elsewhere: string): Promise<boolean> {
  const pace = paceOf(house, key, house.clock.now().getTime())
  if (pace.free > 0) {
    pace.free -= 1
    return false
  }
  if (pace.waiting >= LINE)
    throw refuse('tooManyTries', `您所在的网络正在连续提交，请过一分钟再按一次提交，您写的内容还在本页。${elsewhere}`)
  pace.waiting += 1
  pace.line = pace.line.then(() => new Promise((done) => setTimeout(done, STEP_MS)))
  await pace.line
  pace.waiting -= 1
  return true
}
