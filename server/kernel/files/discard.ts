import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isDigest, moveDurably, placeOf, sweepFolder, timeIn } from './disk.ts'

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
  // What a crash left half written goes too, however long nothing was started anew.
  await sweepFolder(incoming, age)
  const before = (await timeIn(incoming)) - age
  const discarded: Discarded[] = []
  for (const first of await shelvesIn(kept)) {
    const old: Discarded[] = []
    for (const second of await shelvesIn(join(kept, first)))
      for (const sha256 of (await readdir(join(kept, first, second))).filter(isDigest)) {
        // Another process may be sweeping too.
        const facts = await stat(join(kept, first, second, sha256)).catch(() => undefined)
        if (facts && facts.mtimeMs < before) old.push({ sha256, size: facts.size })
      }
    if (old.length === 0) continue
    const needed = await onRecord(old.map((one) => one.sha256))
    for (const one of old)
      if (!needed.has(one.sha256) && (await takeAway({ kept, incoming }, one.sha256, before))) discarded.push(one)
  }
  return discarded
}

const shelvesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name))

/** First out of reach, then looked at again: the same bytes may have been uploaded anew a moment ago. */
async function takeAway({ kept, incoming }: Shelves, sha256: string, before: number): Promise<boolean> {
  const path = placeOf(kept, sha256)
  const aside = join(incoming, randomUUID())
  const isOurs = await rename(path, aside).then(
    () => true,
    () => false,
  )
  if (!isOurs) return false
  const isYoung = (await stat(aside)).mtimeMs >= before
  if (isYoung) await moveDurably(aside, path)
  else await rm(aside, { force: true })
  return !isYoung
}
