import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { apart } from './apart.ts'
import { exists, isDigest, moveDurably, placeOf } from './disk.ts'
import type { FileStore } from './store.ts'
import { RENDITION_SIZES, type RenditionSize } from './tasks.ts'

export interface Renditions {
  /** The path of the webp copy, made on first use; undefined when there is no such image. */
  find(sha256: string, size: RenditionSize): Promise<string | undefined>
  /** Removes the copies of an image that is gone. */
  forget(sha256: string): Promise<void>
}

/** Copies are cheap to make again, so they live apart from the originals and outside every backup. */
export async function openRenditions(folder: string, store: FileStore): Promise<Renditions> {
  const making = new Map<string, Promise<string | undefined>>()
  const incoming = join(folder, 'incoming')
  await rm(incoming, { recursive: true, force: true })
  await mkdir(incoming, { recursive: true, mode: 0o750 })

  const make = async (sha256: string, size: RenditionSize, target: string) => {
    const temp = join(incoming, randomUUID())
    try {
      const made = await store.borrow(sha256, (path) => apart('render', { path, size, target: temp }))
      if (!made || made.refused) return undefined
      await moveDurably(temp, target)
      return target
    } catch {
      // An original that cannot be drawn has no copy; the page shows its name instead.
      return undefined
    } finally {
      await rm(temp, { force: true })
    }
  }

  return {
    async find(sha256, size) {
      if (!isDigest(sha256)) return undefined
      const target = `${placeOf(folder, sha256)}-${size}.webp`
      if (await exists(target)) return target
      const running = making.get(target) ?? make(sha256, size, target).finally(() => making.delete(target))
      making.set(target, running)
      return running
    },
    async forget(sha256) {
      for (const size of RENDITION_SIZES) await rm(`${placeOf(folder, sha256)}-${size}.webp`, { force: true })
    },
  }
}
