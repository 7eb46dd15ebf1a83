import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeDraft } from '#tests/access/plan.ts'
import { type Caller, world } from '#tests/world.ts'

const kinds = async (caller: Caller) =>
  (await caller.get('/api/todo')).body.items.map((one: { kind: string }) => one.kind)

test('a new school is told the first steps of its year, and each leaves the list when it is taken', async (t) => {
  const w = await world(t)
  const begun = ['beginCounts', 'beginBrand', 'beginPlan']
  const clerk = await w.as('clerk')
  assert.deepEqual((await kinds(clerk)).filter((kind: string) => kind.startsWith('begin')).toSorted(), begun.toSorted())
  await makeDraft(w)
  const again = await w.as('clerk')
  assert.deepEqual(
    (await kinds(again)).filter((kind: string) => kind.startsWith('begin')),
    ['beginCounts'],
  )
})

test('looking at the year’s summary makes nothing; beginning it does, once', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const rows = () => w.house.database.reader.selectFrom('summary').select('id').execute()
  const own = await clerk.get('/api/summaries/own')
  assert.deepEqual([own.status, own.body.id, own.body.moves.start], [200, null, []])
  assert.equal((await rows()).length, 0)
  assert.ok(!(await kinds(clerk)).includes('summaryDraft'))
  const made = await clerk.post('/api/summaries')
  assert.equal((await clerk.post('/api/summaries')).body.id, made.body.id)
  assert.equal((await clerk.get('/api/summaries/own')).body.id, made.body.id)
  assert.equal((await rows()).length, 1)
})

test('what waits for a signature and what came back stand first, whatever date the rest has', async (t) => {
  const w = await world(t)
  const id = await makeDraft(w)
  const [secretary, office] = [await w.as('secretary'), await w.as('office')]
  assert.equal((await kinds(secretary))[0], 'planToSign')
  await secretary.post(`/api/plans/${id}/sign`)
  await office.post(`/api/plans/${id}/return`, { reason: '目标请写具体' })
  const clerk = await w.as('clerk')
  assert.equal((await kinds(clerk))[0], 'planReturned')
})
