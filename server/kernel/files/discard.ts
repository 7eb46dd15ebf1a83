import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { exists, moveDurably, placeOf, timeIn } from './disk.ts'

export interface Discarded {
  sha256: string
  size: number
}

/** Answers which of the digests are still on record. */
export type OnRecord = (digests: readonly string[]) => Promise<ReadonlySet<string>>

interface Shelves {
  kept: string
  incoming: string
}

/** Removes the bytes that no record names: of files that were removed, and of uploads whose record failed. Young ones may be about to get theirs. */
export async function discardFrom({ kept, incoming }: Shelves, onRecord: OnRecord, age: number): Promise<Discarded[]> {
  const before = (await timeIn(incoming)) - age
  const discarded: Discarded[] = []
  for (const first of await readdir(kept)) {
    const old: Discarded[] = []
    for (const second of await readdir(join(kept, first)))
      for (const sha256 of await readdir(join(kept, first, second))) {
        const { mtimeMs, size } = await stat(join(kept, first, second, sha256))
        if (mtimeMs < before) old.push({ sha256, size })
      }
    if (old.length === 0) continue
    const needed = await onRecord(old.map((one) => one.sha256))
    for (const one of old)
      if (!needed.has(one.sha256) && (await takeAway({ kept, incoming }, one.sha256, before))) discarded.push(one)
  }
  return discarded
}

/** First out of reach, then looked at again: the same bytes may have been uploaded anew a moment ago. */
async function takeAway({ kept, incoming }: Shelves, sha256: string, before: number): Promise<boolean> {
  const path = placeOf(kept, sha256)
  const aside = join(incoming, randomUUID())
  if (!(await exists(path))) return false
  await rename(path, aside)
  const isYoung = (await stat(aside)).mtimeMs >= before
  if (isYoung) await moveDurably(aside, path)
  else await rm(aside, { force: true })
  return !isYoung
}
