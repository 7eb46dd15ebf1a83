import type { SheetTable } from '#domain/schools/listTable.ts'
import type { UploadRefusal } from '#domain/records/upload.ts'
import type { Verdict } from './judge.ts'
import type { SheetToWrite } from './sheetWriter.ts'

/** What the worker can be asked, and what it answers. */

export type RenditionSize = 320 | 1280
export const RENDITION_SIZES: readonly RenditionSize[] = [320, 1280]

/** The visible sheets of a table file, at least one. */
export type Book = { sheets: SheetTable[] } | { refused: UploadRefusal }
export type Rows = { rows: string[][] } | { refused: UploadRefusal }

export interface Tasks {
  judge: { ask: { path: string; name: string }; reply: Verdict }
  turn: { ask: { path: string; target: string }; reply: { refused?: UploadRefusal } }
  render: { ask: { path: string; size: RenditionSize; target: string }; reply: { refused?: UploadRefusal } }
  book: { ask: { source: string | Uint8Array }; reply: Book }
  sheet: { ask: SheetToWrite; reply: { bytes: Uint8Array } }
}
export type TaskName = keyof Tasks

export interface Request<N extends TaskName = TaskName> {
  task: N
  ask: Tasks[N]['ask']
}
/** `ready` is said once, by a worker that has started. */
export type TaskReply = { ready: true } | { reply: Tasks[TaskName]['reply'] } | { failed: string }
