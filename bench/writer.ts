import { createHash } from 'node:crypto'
import { uuidv7 } from '#server/kernel/clock.ts'

/** What the writers of the durability bench do until the server dies under them. */
export interface Writing {
  url: string
  cookie: string
  today: string
  writers: number
}

/** How far the server has acknowledged one entry: drafted, filed, corrected; with the file it took for it. */
export interface Acknowledged {
  id: string
  title: string
  step: 'drafted' | 'filed' | 'corrected'
  file?: { id: string; sha256: string }
}

async function write({ url, cookie, today, writers }: Writing): Promise<Acknowledged[]> {
  const known: Acknowledged[] = []
  const headers = { cookie, origin: url, 'content-type': 'application/json' }
  const post = async (path: string, body: unknown) =>
    demandOk(await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }))
  const upload = async (text: string): Promise<{ id: string; sha256: string }> => {
    const bytes = Buffer.from(`%PDF-1.7\n%${text}\n1 0 obj\n<<>>\nendobj\n%%EOF\n`)
    const form = new FormData()
    form.append('file', new Blob([bytes]), '佐证.pdf')
    const answer = await fetch(`${url}/api/files`, { method: 'POST', headers: { cookie, origin: url }, body: form })
    const { id } = (await demandOk(answer)) as { id: string }
    return { id, sha256: createHash('sha256').update(bytes).digest('hex') }
  }
  const one = async (writer: number): Promise<never> => {
    for (;;) {
      const id = uuidv7(new Date())
      const title = `断电演练 ${id.slice(-12)}`
      // Judging a file takes its time: two writers bring files, so that the others keep the load up.
      const file = writer < 2 ? await upload(id) : undefined
      const evidence = file ? [{ fileId: file.id, caption: '' }] : []
      const content = { title, happenedOn: today, pillar: 'activity', evidence }
      await post('/api/ledger/entries', { ...content, id })
      const kept: Acknowledged = { id, title, step: 'drafted', ...(file ? { file } : {}) }
      if (known.push(kept) === 1) process.send?.('writing')
      await post(`/api/ledger/entries/${id}/file`, {})
      kept.step = 'filed'
      const changed = { ...content, place: '报告厅', reason: '补写地点', version: 1 }
      await post(`/api/ledger/entries/${id}/correct`, changed)
      kept.step = 'corrected'
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: writers }, (_, index) => one(index)))
  // A broken connection is what the bench is about; an answer that refuses is a mistake of the bench or the server.
  for (const end of ends) if (end.status === 'rejected' && end.reason instanceof Refused) throw end.reason
  return known
}

class Refused extends Error {}

async function demandOk(answer: Response): Promise<unknown> {
  const text = await answer.text()
  if (answer.status !== 200) throw new Refused(`${answer.url} answered ${answer.status}: ${text}`)
  return JSON.parse(text)
}

process.once('message', (writing: Writing) => {
  write(writing).then(
    (known) => process.send?.(known, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
