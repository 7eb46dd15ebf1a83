import { createHash } from 'node:crypto'

const UNIT = Buffer.alloc(16 * 1024 * 1024, 'a')

/** Hashing 16 MiB: what this machine, as busy as it is, needs for a fixed piece of work. */
function unit(): number {
  const started = performance.now()
  createHash('sha256').update(UNIT).digest()
  return performance.now() - started
}

/**
 * How many times as long as hashing 16 MiB something takes, the slower of before and after. A bound on it tells work that grows out of
 * hand from work that does not, on any machine; seconds would tell a slow machine from a fast one.
 */
export async function effortOf(run: () => unknown): Promise<number> {
  const before = unit()
  const started = performance.now()
  await run()
  const took = performance.now() - started
  return took / Math.max(before, unit())
}
