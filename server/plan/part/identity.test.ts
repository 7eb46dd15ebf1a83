import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeDraft, makePublished, planContent } from '#tests/everywhere/access/plan.ts'
import { PDF, upload } from '#tests/world/upload.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'
import { stampOf } from '#domain/base/stamp.ts'

const read = async (clerk: Caller, id: string) => (await clerk.get(`/api/plans/${id}`)).body
const tasksOf = (view: { tasks: { id: string }[] }) =>
  planContent.tasks.map((task, at) => ({ ...task, id: view.tasks[at]?.id }))

/** Takes the draft through signature, acceptance and publication. */
async function publish(w: World, clerk: Caller, id: string): Promise<void> {
  await (await w.as('secretary')).post(`/api/plans/${id}/sign`)
  await (await w.as('office')).post(`/api/plans/${id}/accept`)
  assert.equal((await clerk.post(`/api/plans/${id}/publish`)).status, 200)
}

async function entryOf(clerk: Caller, typed: Record<string, unknown>): Promise<string> {
  const body = { title: '“红船领航”主题党日', happenedOn: '2026-05-09', pillar: 'activity', ...typed }
  const made = await clerk.post('/api/ledger/entries', body)
  assert.equal(made.status, 200, made.text)
  return made.body.id
}

const done = async (clerk: Caller) => {
  const { body } = await clerk.get('/api/ledger/figures')
  return body.pillars.map((one: { tasks: number; tasksWithEntry: number }) => `${one.tasksWithEntry}/${one.tasks}`)
}

test('a plan whose task a ledger entry names can be saved again and again, whoever wrote the entry and when', async (t) => {
  const w = await world(t)
  const id = await makeDraft(w)
  const clerk = await w.as('clerk')
  const draft = await read(clerk, id)
  const entry = await entryOf(clerk, { taskId: draft.tasks[0].id, file: true })
  await entryOf(clerk, { taskId: draft.tasks[1].id })
  const kept = { ...planContent, tasks: tasksOf(draft) }
  const first = await clerk.put(`/api/plans/${id}`, { updatedAt: draft.updatedAt, content: kept })
  assert.equal(first.status, 200, first.text)
  const without = { ...planContent, tasks: kept.tasks.slice(2) }
  const second = await clerk.put(`/api/plans/${id}`, { updatedAt: first.body.updatedAt, content: without })
  assert.equal(second.status, 200, second.text)
  assert.equal((await read(clerk, id)).tasks.length, 2)
  const shown = (await clerk.get(`/api/ledger/entries/${entry}`)).body
  assert.deepEqual([shown.taskContent, shown.taskGone], [planContent.tasks[0]?.content, true])
})

test('an entry of a task that the plan has dropped can still be corrected and keeps the task', async (t) => {
  const w = await world(t)
  const id = await makeDraft(w)
  const clerk = await w.as('clerk')
  const draft = await read(clerk, id)
  const entry = await entryOf(clerk, { taskId: draft.tasks[0].id, file: true })
  const content = { ...planContent, tasks: tasksOf(draft).slice(1) }
  await clerk.put(`/api/plans/${id}`, { updatedAt: draft.updatedAt, content })
  const shown = (await clerk.get(`/api/ledger/entries/${entry}`)).body
  const corrected = await clerk.post(`/api/ledger/entries/${entry}/correct`, {
    title: '“红船领航”主题党日',
    happenedOn: '2026-05-09',
    pillar: 'activity',
    memberCount: 12,
    taskId: shown.taskId,
    reason: '补人数',
    version: 1,
  })
  assert.equal(corrected.status, 200, corrected.text)
})

test('after a revision the ledger counts for the same tasks, and a task of any version finds its entries', async (t) => {
  const w = await world(t)
  const id = await makePublished(w)
  const clerk = await w.as('clerk')
  const before = await read(clerk, id)
  const entry = await entryOf(clerk, { taskId: before.tasks[1].id, file: true })
  assert.deepEqual(await done(clerk), ['0/1', '1/1', '0/1', '0/1'])
  const next = (await clerk.post(`/api/plans/${id}/revise`, { reason: '改措施' })).body.id
  await publish(w, clerk, next)
  assert.deepEqual(await done(clerk), ['0/1', '1/1', '0/1', '0/1'])
  const after = await read(clerk, next)
  assert.deepEqual(
    after.tasks.map((one: { entries: number }) => one.entries),
    [0, 1, 0, 0],
  )
  for (const taskId of [before.tasks[1].id, after.tasks[1].id]) {
    const { body } = await clerk.get(`/api/ledger/entries?taskId=${taskId}`)
    assert.deepEqual(
      body.items.map((one: { id: string }) => one.id),
      [entry],
    )
  }
  const second = await entryOf(clerk, { taskId: after.tasks[1].id, file: true })
  const { body } = await clerk.get(`/api/ledger/entries/${second}`)
  const desk = (await clerk.get('/api/ledger/desk')).body
  assert.equal(desk.tasks.find((one: { id: string }) => one.id === body.taskId)?.label, body.taskContent)
})

test('what is recorded while a revision is under way stands in the revision when it is published', async (t) => {
  const w = await world(t)
  const id = await makePublished(w)
  const clerk = await w.as('clerk')
  const now = await read(clerk, id)
  const next = (await clerk.post(`/api/plans/${id}/revise`, { reason: '改措施' })).body.id
  const task = { progress: 80, progressNote: '快完了', doneOn: null, seen: stampOf([0, '', null]) }
  await clerk.put(`/api/tasks/${now.tasks[0].id}/progress`, task)
  await clerk.put(`/api/budget-lines/${now.budgetLines[0].id}/spent`, { spentFen: 80_000, seen: stampOf(0) })
  const file = (await upload(w, clerk, { name: '佐证.pdf', bytes: PDF })).body.id
  await clerk.post(`/api/promises/${now.promises[0].id}/keep`, { fileId: file, explanation: '' })
  const draft = await read(clerk, next)
  const ids = <Row extends { id: string }>(rows: Row[], from: readonly object[]) =>
    from.map((one, at) => ({ ...one, id: rows[at]?.id }))
  const content = {
    ...planContent,
    goals: '新的目标',
    tasks: ids(draft.tasks, planContent.tasks),
    budgetLines: ids(draft.budgetLines, planContent.budgetLines),
    promises: ids(draft.promises, planContent.promises),
  }
  const { updatedAt } = (await clerk.put(`/api/plans/${next}`, { updatedAt: draft.updatedAt, content })).body
  await clerk.put(`/api/budget-lines/${now.budgetLines[0].id}/spent`, { spentFen: 110_000, seen: stampOf(80_000) })
  assert.equal((await clerk.put(`/api/plans/${next}`, { updatedAt, content })).status, 200)
  await publish(w, clerk, next)
  const after = await read(clerk, next)
  assert.deepEqual([after.tasks[0].progress, after.tasks[0].progressNote], [80, '快完了'])
  assert.equal(after.budgetLines[0].spentFen, 110_000)
  assert.deepEqual([after.promises[0].state, after.promises[0].file.id], ['kept', file])
})

test('a revision cannot drop a budget line that has spending or a promise that was decided', async (t) => {
  const w = await world(t)
  const id = await makePublished(w)
  const clerk = await w.as('clerk')
  const now = await read(clerk, id)
  await clerk.put(`/api/budget-lines/${now.budgetLines[0].id}/spent`, { spentFen: 500, seen: stampOf(0) })
  await clerk.post(`/api/promises/${now.promises[0].id}/miss`, { explanation: '' })
  const next = (await clerk.post(`/api/plans/${id}/revise`, { reason: '改预算' })).body.id
  const draft = await read(clerk, next)
  const content = { ...planContent, budgetLines: [], promises: [] }
  const refused = await clerk.put(`/api/plans/${next}`, { updatedAt: draft.updatedAt, content })
  assert.equal(refused.status, 422)
  assert.equal(refused.body.reasons.length, 2)
})

test('a closed year still says how many of its tasks have entries', async (t) => {
  const w = await world(t)
  const id = await makePublished(w)
  const clerk = await w.as('clerk')
  await entryOf(clerk, { taskId: (await read(clerk, id)).tasks[0].id, file: true })
  const was = await done(clerk)
  await w.work(await w.actorOf('office'), async (work) => {
    work.record('test.close', 'plan', id)
    await work.tx.updateTable('plan').set({ state: 'closed' }).execute()
  })
  assert.deepEqual(await done(clerk), was)
})
