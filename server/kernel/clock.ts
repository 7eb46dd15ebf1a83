import { shanghaiDate } from '#domain/base/calendar.ts'
import { randomBytes } from 'node:crypto'

/** The only place that reads the time or draws a number. Tests stop it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

let lastTime = 0
let lastCount = 0

/** UUIDv7: sorted by time, so that keys of growing tables are appended rather than scattered. */
export function uuidv7(now: Date): string {
  const time = now.getTime()
  // A counter in the first random bits keeps ids of the same millisecond in the order they were made.
  if (time === lastTime) lastCount = (lastCount + 1) & 0xfff
  else {
    lastTime = time
    lastCount = randomBytes(2).readUInt16BE() & 0x3ff
  }
  const bytes = randomBytes(16)
  bytes.writeUIntBE(time, 0, 6)
  bytes[6] = 0x70 | (lastCount >> 8)
  bytes[7] = lastCount & 0xff
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export const shanghaiToday = (now: Date): string => shanghaiDate(now.toISOString())
