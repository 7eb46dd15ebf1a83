import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOverdue } from '#domain/supervision/rectification.ts'
import { rectificationLife, type RectificationState } from '#domain/supervision/rectificationLife.ts'
import { draftedApplication } from '#tests/world/application.ts'
import { makePublished, makeSigned } from '#tests/everywhere/access/plan.ts'
import { ledgerEntry } from '#tests/world/ledger.ts'
import { reportedRectification } from '#tests/world/supervision.ts'
import { type Caller, world } from '#tests/world/world.ts'

const itemOf = async (clerk: Caller, code: string) => {
  const { body } = await clerk.get('/api/applications/own')
  return body.eligibility.find((one: { code: string }) => one.code === code)
}

/** The number that the start page shows under a label. */
async function figureOf(caller: Caller, label: string): Promise<{ value: string; bad: boolean }> {
  const { body } = await caller.get('/api/overview')
  return body.figures.find((one: { label: string }) => one.label === label)
}

/** A small generator whose numbers are the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % sides
  }
}

test('a school that reported its rectification in time is not held late while the bureau has not verified it', async (t) => {
  const w = await world(t)
  await reportedRectification(w)
  w.passDays(200)
  const clerk = await w.as('clerk')
  assert.equal((await itemOf(clerk, 'rectification')).met, true)
  assert.equal((await figureOf(await w.as('office'), '逾期未整改')).value, '0')
  assert.equal((await clerk.get('/api/rectifications?overdue=yes')).body.total, 0)
})

test('whatever state and date the orders have, eligibility, start page and list count the same overdue ones, and none that waits for the bureau', async (t) => {
  const w = await world(t)
  w.expectBreaches()
  const first = await reportedRectification(w)
  const { writer, reader } = w.house.database
  const row = await reader.selectFrom('rectification').selectAll().where('id', '=', first).executeTakeFirstOrThrow()
  const roll = dice(20_261_130)
  const states = Object.keys(rectificationLife.states) as RectificationState[]
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const today = '2026-05-11'
  for (let round = 0; round < 12; round += 1) {
    await writer.deleteFrom('rectification').execute()
    const orders = Array.from({ length: 1 + roll(5) }, (_, at) => ({
      ...row,
      id: `${round}-${at}`,
      state: states[roll(states.length)] ?? 'issued',
      dueOn: ['2026-05-10', '2026-05-11', '2026-05-12', '2025-12-31'][roll(4)] ?? today,
      askedDueOn: [null, null, '2026-05-11', '2026-05-10'][roll(4)] ?? null,
    }))
    await writer.insertInto('rectification').values(orders).execute()
    // A write beside the works: one empty act makes the pages be drawn anew.
    await w.work(await w.actorOf('office'), async (work) => work.record('test.round', 'rectification', first))
    const late = orders.filter((one) => isOverdue(one, today)).length
    const item = await itemOf(clerk, 'rectification')
    assert.equal(item.met, late === 0, JSON.stringify(orders.map(({ state, dueOn }) => [state, dueOn])))
    assert.match(item.detail, late === 0 ? /没有逾期/ : new RegExp(`有 ${late} 项`))
    assert.equal((await figureOf(office, '逾期未整改')).value, String(late))
    for (const caller of [clerk, office])
      assert.equal((await caller.get('/api/rectifications?overdue=yes')).body.total, late)
  }
})

test('a plan or a summary that waits for the bureau does not keep a school from applying, but the bureau must settle it before it admits', async (t) => {
  const w = await world(t)
  const { id } = await draftedApplication(w)
  await w.work(await w.actorOf('office'), async (work) => {
    work.record('test.back', 'plan', id)
    await work.tx.updateTable('plan').set({ state: 'submitted', publishedAt: null }).execute()
    await work.tx.updateTable('summary').set({ state: 'submitted', acceptedAt: null }).execute()
  })
  const clerk = await w.as('clerk')
  for (const code of ['plan', 'summary']) {
    const item = await itemOf(clerk, code)
    assert.deepEqual([item.met, item.waits], [true, true], code)
    assert.match(item.detail, /等局党工委办审核/)
  }
  const submitted = await (await w.as('secretary')).post(`/api/applications/${id}/submit`)
  assert.equal(submitted.status, 200, submitted.text)
  const refused = await (await w.as('office')).post(`/api/applications/${id}/admit`)
  assert.equal(refused.status, 409)
  assert.match(refused.text, /受理以前，请先办完：创建方案/)
  w.expectBreaches()
})

test('a plan that is only drafted or accepted is the school’s own step and counts against it', async (t) => {
  const w = await world(t)
  const id = await makeSigned(w)
  const office = await w.as('office')
  const clerk = await w.as('clerk')
  assert.equal((await itemOf(clerk, 'plan')).met, true)
  await office.post(`/api/plans/${id}/accept`)
  const accepted = await itemOf(clerk, 'plan')
  assert.deepEqual([accepted.met, accepted.detail], [false, '方案已审核通过，请公布。'])
})

test('the number of filed entries is the same in list, figures, start page, year facts and portal', async (t) => {
  const w = await world(t)
  await makePublished(w)
  for (const pillar of ['policy', 'activity', 'activity', 'media']) await ledgerEntry(w, { pillar, file: true })
  await ledgerEntry(w, { pillar: 'place' })
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const filed = 4
  assert.equal((await clerk.get('/api/ledger/entries?state=filed')).body.total, filed)
  assert.equal((await office.get('/api/ledger/entries')).body.total, filed)
  for (const caller of [clerk, office]) assert.equal((await caller.get('/api/ledger/figures')).body.filed, filed)
  assert.equal((await figureOf(office, '已归档台账')).value, String(filed))
  const { id } = (await clerk.post('/api/summaries')).body
  assert.equal((await clerk.get(`/api/summaries/${id}`)).body.facts.entryCount, filed)
  const brand = (await clerk.get(`/api/schools/${w.schoolIds[0]}/brand`)).body.brand.id
  assert.match((await w.visitor.get(`/brands/${brand}`)).text, new RegExp(`${filed} 条`))
})
