import { type Refusal, refusal } from '#domain/base/refusal.ts'

/** A form that comes back sooner was not read by a person. */
const SECONDS_TO_READ = 3
/** Longer than this, the page may be another day's; the visitor presses once more. */
export const HOURS_OPEN = 24
/** Behind one school's address sit a thousand people: so many of an hour go through without waiting. */
const WITHOUT_WAITING = 30
/** From so many of an hour on, what comes from the address is marked as one of a crowd. */
export const CROWD = 60
/** Whoever shares an address with a flooder waits two minutes at most, and then gets in. */
const LONGEST_WAIT = 120

/** How long a form has to have been open, by what came from the same address in the last hour: a wait, never a bar (rule 18). */
export const secondsToWait = (fromThere: number): number =>
  Math.min(LONGEST_WAIT, SECONDS_TO_READ + Math.max(0, fromThere - WITHOUT_WAITING) * 2)

/** Judges when the form was drawn against when it came back. */
export function againstHaste(drawnAt: number, now: number, fromThere: number): Refusal[] {
  const seconds = (now - drawnAt) / 1000
  const left = Math.ceil(secondsToWait(fromThere) - seconds)
  if (seconds < SECONDS_TO_READ) return [refusal('tooManyTries', '提交得太快了，请看一遍内容再提交。')]
  if (left > 0)
    return [refusal('tooManyTries', `您所在的网络正在提交的人很多，请等 ${left} 秒再按一次提交。您写的内容还在下面。`)]
  if (seconds > HOURS_OPEN * 3600) return [refusal('invalid', '页面打开的时间较长，请再按一次提交。')]
  return []
}
