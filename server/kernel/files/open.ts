import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { openRenditions, type Renditions } from './images.ts'
import { type FileStore, openDiskStore } from './store.ts'

export interface Files {
  store: FileStore
  renditions: Renditions
}

/** Originals lie in `files`, which a backup must hold; their copies lie in `renditions` and can be made again. */
export async function openFiles(dataDir: string, clock: Clock): Promise<Files> {
  const store = await openDiskStore({ folder: join(dataDir, 'files'), now: () => clock.now().getTime() })
  return { store, renditions: await openRenditions(join(dataDir, 'renditions'), store) }
}
