import type { UploadRefusal } from '#domain/upload.ts'
import type { Verdict } from './judge.ts'

/** What the worker can be asked, and what it answers. */

export type RenditionSize = 320 | 1280
export const RENDITION_SIZES: readonly RenditionSize[] = [320, 1280]

export type Rows = { rows: string[][] } | { refused: UploadRefusal }

export interface Tasks {
  judge: { ask: { path: string; name: string }; reply: Verdict }
  render: { ask: { path: string; size: RenditionSize; target: string }; reply: { refused?: UploadRefusal } }
  sheet: { ask: { source: string | Uint8Array }; reply: Rows }
}
export type TaskName = keyof Tasks

export interface Request<N extends TaskName = TaskName> {
  task: N
  ask: Tasks[N]['ask']
}
export type Reply = { reply: Tasks[TaskName]['reply'] } | { failed: string }
