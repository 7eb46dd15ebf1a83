import sharp from 'sharp'
import { judge, turnPicture } from './judge.ts'
import { render } from './render.ts'
import { parseBook } from './workbook.ts'
import { writeSheet } from './sheetWriter.ts'
import type { TaskReply, Request, TaskName, Tasks } from './tasks.ts'

sharp.cache(false)
sharp.concurrency(1)

const tasks: { [N in TaskName]: (ask: Tasks[N]['ask']) => Promise<Tasks[N]['reply']> } = {
  judge: ({ path, name }) => judge(path, name),
  turn: turnPicture,
  render,
  book: ({ source }) => parseBook(source),
  sheet: async (sheet) => ({ bytes: await writeSheet(sheet) }),
}

function perform<N extends TaskName>({ task, ask }: Request<N>): Promise<Tasks[N]['reply']> {
  return tasks[task](ask)
}

process.send?.({ ready: true } satisfies TaskReply)
process.on('message', async (request: Request) => {
  process.send?.(await answer(request))
})
// The house is gone, however it ended: nobody waits for an answer any more.
process.on('disconnect', () => process.exit())

async function answer(request: Request): Promise<TaskReply> {
  try {
    return { reply: await perform(request) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}
