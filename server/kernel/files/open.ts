import { join } from 'node:path'
import { openRenditions, type Renditions } from './images.ts'
import { type FileStore, openDiskStore } from './store.ts'

export interface Files {
  store: FileStore
  renditions: Renditions
}

/** Originals lie in `files`, which a backup must hold; their copies lie in `renditions` and can be made again. */
export async function openFiles(dataDir: string): Promise<Files> {
  const store = await openDiskStore(join(dataDir, 'files'))
  return { store, renditions: await openRenditions(join(dataDir, 'renditions'), store) }
}
