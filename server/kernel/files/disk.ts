import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Small durable moves on disk that the file store and the renditions share. */

export const placeOf = (root: string, sha256: string): string =>
  join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256)

export const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/u.test(text)

export async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

/** After this returns, a crash of the machine no longer takes the file away. */
export async function moveDurably(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o750 })
  await rename(from, to)
  // The two levels above may be new as well, and a new name is durable only once its folder is.
  for (const folder of [dirname(to), dirname(dirname(to)), dirname(dirname(dirname(to)))]) await syncFolder(folder)
}

async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined
  try {
    handle = await open(folder, 'r')
    await handle.sync()
  } catch (error) {
    // Windows cannot open a folder; its file system journals names by itself.
    if (process.platform !== 'win32') throw error
  } finally {
    await handle?.close()
  }
}

/**
 * Removes what a crash left behind: files that were not written to for so many milliseconds. The age is told by the clock of the
 * file system, which stamps the files; ours may have been set since.
 */
export async function sweepFolder(folder: string, age: number): Promise<number> {
  const olderThan = (await timeIn(folder)) - age
  let removed = 0
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const modified = await stat(path).then(
      (facts) => facts.mtimeMs,
      () => Number.POSITIVE_INFINITY,
    )
    if (modified >= olderThan) continue
    await rm(path, { force: true })
    removed++
  }
  return removed
}

/** What time it is by the file system, which stamps the files; our own clock may have been set since. */
export async function timeIn(folder: string): Promise<number> {
  const probe = join(folder, `.clock-${randomUUID()}`)
  await writeFile(probe, '')
  const { mtimeMs } = await stat(probe)
  await rm(probe, { force: true })
  return mtimeMs
}

/** Below this nothing more is taken in from outside: the database, the ballot box and their copies need what is left. */
export const LITTLE_ROOM = 1024 * 1024 * 1024

/** Bytes left on the disk; null where the system does not say. */
export async function freeIn(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
