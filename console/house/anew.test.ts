import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { forgetWhatIsLeftOld, readAnew } from './anew.ts'

const lists = { queryKey: ['standards'], staleTime: 10_000 }

test('what is not on the screen when something changes is forgotten, and what is on it is read anew', async () => {
  const queries = new QueryClient()
  let reading = 0
  const shown = new QueryObserver(queries, {
    queryKey: ['shown'],
    staleTime: 10_000,
    queryFn: async () => (reading += 1),
  })
  const close = shown.subscribe(() => undefined)
  await queries.fetchQuery({ ...lists, queryFn: async () => 'before' })
  await readAnew(queries)
  assert.equal(queries.getQueryData(['standards']), undefined)
  assert.equal(queries.getQueryData(['shown']), reading)
  assert.equal(reading, 2)
  close()
  queries.clear()
})

test('a page left while it reads anew leaves nothing old behind for the page after it', async () => {
  const queries = new QueryClient()
  forgetWhatIsLeftOld(queries)
  const never = () => new Promise<string>(() => undefined)
  const answers = [async () => 'before']
  const page = new QueryObserver(queries, {
    ...lists,
    // The signal is used: leaving the page breaks the reading off.
    queryFn: ({ signal }) => (signal.aborted ? Promise.reject(new Error('left')) : (answers.shift() ?? never)()),
  })
  const leave = page.subscribe(() => undefined)
  await page.refetch()
  void readAnew(queries)
  leave()
  await new Promise((done) => setTimeout(done, 0))
  assert.equal(queries.getQueryData(['standards']), undefined)
  queries.clear()
})
