import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type FileKind, limitFor, namedAs, renamedAs, type UploadRefusal } from '#domain/records/upload.ts'
import { apart, isUnready } from './apart.ts'
import { type Discarded, discardFrom, type OnRecord } from './discard.ts'
import { busy, Problem, refuse } from '../problem.ts'
import { exists, freeIn, isDigest, LITTLE_ROOM, moveDurably, placeOf, sweepFolder } from './disk.ts'
import type { PictureSize } from './judge.ts'
import { openHands } from './turns.ts'

export interface Received {
  sha256: string
  size: number
  name: string
  kind: FileKind
  mime: string
  picture?: PictureSize
}

export interface FileStore {
  /** Takes a stranger's file: streamed, counted, hashed, judged, and only then kept under its digest. `owner`: of each person only so many at once. */
  receive(
    stream: AsyncIterable<Uint8Array>,
    declared: { name: string; limit?: number; owner?: string },
  ): Promise<Received | { refused: UploadRefusal }>
  /** Keeps bytes that the house itself made. */
  keep(bytes: Uint8Array): Promise<{ sha256: string; size: number }>
  open(sha256: string): Promise<Readable | undefined>
  has(sha256: string): Promise<boolean>
  /** Bytes on disk; undefined when there are none. */
  sizeOf(sha256: string): Promise<number | undefined>
  /** Whether the kept bytes still are what their name says; for checks of a live installation and of a backup. */
  isWhole(sha256: string): Promise<boolean>
  /** Lends the file as a path on this machine, for tools that cannot read a stream. */
  borrow<T>(sha256: string, use: (path: string) => Promise<T>): Promise<T | undefined>
  /** Removes bytes older than so many milliseconds that no record names. */
  discard(onRecord: OnRecord, age: number): Promise<Discarded[]>
}

const HANDS_SECONDS = 5
const ORPHAN_AGE = 5 * 60_000

/** `free` answers how many bytes are left; tests have disks of their own. */
export async function openDiskStore(
  folder: string,
  free: () => Promise<number | null> = () => freeIn(folder),
): Promise<FileStore> {
  const kept = join(folder, 'kept')
  const incoming = join(folder, 'incoming')
  await mkdir(kept, { recursive: true, mode: 0o750 })
  await mkdir(incoming, { recursive: true, mode: 0o750 })
  await sweepFolder(incoming, ORPHAN_AGE)

  const hands = openHands()

  const pathOf = async (sha256: string) => {
    if (!isDigest(sha256)) return undefined
    const path = placeOf(kept, sha256)
    return (await exists(path)) ? path : undefined
  }
  const settle = async (temp: string, sha256: string) => {
    const target = placeOf(kept, sha256)
    try {
      // Also when it is there already: the same work takes the same time, so nobody learns that another school has it.
      await moveDurably(temp, target)
    } catch (error) {
      // Windows does not replace a file that someone is reading; its bytes are the same.
      if (!(await exists(target))) throw error
    }
  }

  /** Keeps the picture that was drawn from a file of another kind, judged like any other. */
  const takeTurned = async (
    from: string,
    name: string,
    owner: string | undefined,
  ): Promise<Received | { refused: UploadRefusal }> => {
    const target = join(incoming, randomUUID())
    try {
      const drawn = await judged(() => apart('turn', { path: from, target }, owner))
      if (drawn.refused) return { refused: drawn.refused }
      const verdict = await judged(() => apart('judge', { path: target, name }, owner))
      if ('refused' in verdict) return verdict
      if ('turn' in verdict) throw new Error('a drawn picture is to be drawn again')
      const { sha256, size } = await digestOf(target)
      await settle(target, sha256)
      return { sha256, size, ...verdict, name }
    } finally {
      await rm(target, { force: true })
    }
  }

  return {
    async receive(stream, { name, limit = limitFor(name), owner }) {
      if (owner !== undefined && !hands.take(owner))
        throw busy(HANDS_SECONDS, '您有好几个文件还在上传、检查，请等它们传完，再传这一个。')
      const temp = join(incoming, randomUUID())
      try {
        const written = await write(withRoom(stream, free), temp, limit)
        if ('refused' in written) return written
        const verdict = await judged(() => apart('judge', { path: temp, name }, owner))
        if ('refused' in verdict) return verdict
        if ('turn' in verdict) return await takeTurned(temp, renamedAs(name, verdict.turn), owner)
        await settle(temp, written.sha256)
        return { ...written, ...verdict, name: namedAs(name, verdict.kind) }
      } finally {
        if (owner !== undefined) hands.drop(owner)
        await rm(temp, { force: true })
      }
    },
    async keep(bytes) {
      const temp = join(incoming, randomUUID())
      try {
        const written = await write([bytes], temp, Number.POSITIVE_INFINITY)
        if ('refused' in written) throw new Error('the house made an empty file')
        await settle(temp, written.sha256)
        return written
      } finally {
        await rm(temp, { force: true })
      }
    },
    async open(sha256) {
      const path = await pathOf(sha256)
      return path ? createReadStream(path) : undefined
    },
    async has(sha256) {
      return (await pathOf(sha256)) !== undefined
    },
    async sizeOf(sha256) {
      const path = await pathOf(sha256)
      return path ? (await stat(path)).size : undefined
    },
    async isWhole(sha256) {
      const path = await pathOf(sha256)
      if (!path) return false
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(path)) hash.update(chunk)
      return hash.digest('hex') === sha256
    },
    async borrow(sha256, use) {
      const path = await pathOf(sha256)
      return path ? use(path) : undefined
    },
    discard: (onRecord, age) => discardFrom({ kept, incoming }, onRecord, age),
  }
}

async function digestOf(path: string): Promise<{ sha256: string; size: number }> {
  const file = await open(path, 'r+')
  try {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      hash.update(chunk as Buffer)
      size += (chunk as Buffer).length
    }
    await file.sync()
    return { sha256: hash.digest('hex'), size }
  } finally {
    await file.close()
  }
}

async function judged<T>(ask: () => Promise<T>): Promise<T | { refused: UploadRefusal }> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Problem || isUnready(error)) throw error
    // A file that exhausts the judge's time or memory is not let in on the benefit of the doubt.
    return { refused: 'judgeTimeout' }
  }
}

const LOOK_EVERY = 32 * 1024 * 1024

/** Passes the pieces on as long as the disk has room for more than them: a full disk would stop the votes too (security-9). */
async function* withRoom(
  stream: AsyncIterable<Uint8Array>,
  free: () => Promise<number | null>,
): AsyncGenerator<Uint8Array> {
  let sinceLooked = LOOK_EVERY
  for await (const piece of stream) {
    if (sinceLooked >= LOOK_EVERY) {
      sinceLooked = 0
      const left = await free()
      if (left !== null && left < LITTLE_ROOM) throw refuse('noRoom')
    }
    sinceLooked += piece.length
    yield piece
  }
}

type Written = { sha256: string; size: number } | { refused: UploadRefusal }

async function write(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  path: string,
  limit: number,
): Promise<Written> {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o640)
  try {
    for await (const chunk of stream) {
      size += chunk.length
      if (size > limit) return { refused: 'tooLarge' }
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    if (size === 0) return { refused: 'empty' }
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), size }
}
