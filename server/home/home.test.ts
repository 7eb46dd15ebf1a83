import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeDraft } from '#tests/everywhere/access/plan.ts'
import { recordedFinding } from '#tests/world/supervision.ts'
import { type World, world } from '#tests/world/world.ts'

interface Item {
  kind: string
  title: string
  dueDate?: string
  overdue: boolean
  href: string
}

async function todosOf(w: World, ...who: Parameters<World['as']>): Promise<Item[]> {
  const answer = await (await w.as(...who)).get('/api/todo')
  assert.equal(answer.status, 200, answer.text)
  return answer.body.items
}

const long = '演示学校围绕党建文化品牌开展工作，'.repeat(10)

async function writeSummary(w: World, schoolId?: string): Promise<string> {
  const clerk = await w.as('clerk', schoolId)
  const { id } = (await clerk.post('/api/summaries')).body
  const { updatedAt } = (await clerk.get(`/api/summaries/${id}`)).body
  const words = { achievements: long, problems: '演示问题', nextSteps: '演示打算', updatedAt }
  const saved = await clerk.put(`/api/summaries/${id}`, words)
  assert.equal(saved.status, 200, saved.text)
  return id
}

test('a summary asks the secretary to sign, then the office to judge, then the clerk to mend what was returned', async (t) => {
  const w = await world(t)
  const id = await writeSummary(w)
  const kinds = async (...who: Parameters<World['as']>) =>
    (await todosOf(w, ...who)).map((one) => one.kind).filter((kind) => kind.startsWith('summary'))
  assert.deepEqual(await kinds('secretary'), ['summaryToSign'])
  assert.deepEqual(await kinds('clerk'), ['summaryDraft'])
  await (await w.as('secretary')).post(`/api/summaries/${id}/sign`)
  assert.deepEqual(await kinds('office'), ['summaryToJudge'])
  assert.deepEqual(await kinds('secretary'), [])
  await (await w.as('office')).post(`/api/summaries/${id}/return`, { reason: '请补充演示数据' })
  assert.deepEqual(await kinds('clerk'), ['summaryReturned'])
  assert.deepEqual(await kinds('clerk', w.schoolIds[1]), [])
})

test('to-dos come by date with the undated last, and those past their date are marked', async (t) => {
  const w = await world(t)
  w.setTime('2026-06-30T02:00:00.000Z')
  const clerk = await w.as('clerk')
  for (const happenedOn of ['2026-06-29', '2026-05-12'])
    await clerk.post('/api/ledger/entries', { title: `演示 ${happenedOn}`, happenedOn, pillar: 'activity' })
  w.passDays(4)
  const items = await todosOf(w, 'clerk')
  const dated = items.filter((one) => one.dueDate)
  assert.deepEqual(
    dated.map((one) => [one.dueDate, one.overdue]),
    [
      ['2026-06-11', true],
      ['2026-07-29', false],
    ],
  )
  assert.deepEqual(items.slice(0, 2), dated)
  assert.ok(items.every((one) => one.href.startsWith('/console/')))
})

test('the overview counts the schools in the scope of who asks', async (t) => {
  const w = await world(t)
  await saveBrand(w, w.schoolIds[0])
  await saveBrand(w, w.schoolIds[2])
  const values = async (role: 'office' | 'leader' | 'department') =>
    (await (await w.as(role)).get('/api/overview')).body.figures.slice(0, 2).map((one: { value: string }) => one.value)
  assert.deepEqual(await values('office'), ['3', '2/3'])
  assert.deepEqual(await values('leader'), ['2', '1/2'])
  assert.deepEqual(await values('department'), ['1', '0/1'])
})

test('the overview takes as many queries for the work of three schools as for none', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  await office.get('/api/overview')
  const counted = async () => {
    w.queries.count = 0
    assert.equal((await office.get('/api/overview')).status, 200)
    return w.queries.count
  }
  const before = await counted()
  for (const schoolId of w.schoolIds) {
    await saveBrand(w, schoolId)
    await writeSummary(w, schoolId)
  }
  assert.equal(await counted(), before)
})

test('the to-dos of the office take as many queries for three summaries as for one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const sign = async (schoolId: string) => {
    const id = await writeSummary(w, schoolId)
    await (await w.as('secretary', schoolId)).post(`/api/summaries/${id}/sign`)
  }
  await sign(w.schoolIds[0])
  const counted = async () => {
    w.queries.count = 0
    const { items } = (await office.get('/api/todo')).body
    return [w.queries.count, items.length] as const
  }
  await counted()
  const [one, oneItem] = await counted()
  await sign(w.schoolIds[1])
  await sign(w.schoolIds[2])
  const [three, threeItems] = await counted()
  assert.deepEqual([oneItem, threeItems], [1, 3])
  assert.equal(three, one)
})

async function saveBrand(w: World, schoolId: string): Promise<void> {
  const clerk = await w.as('clerk', schoolId)
  const words = { concept: '演示理念', connotation: '演示内涵', slogan: '', localResources: [], logoFileId: null }
  const saved = await clerk.put(`/api/schools/${schoolId}/brand`, {
    version: 0,
    name: `演示品牌${w.schoolIds.indexOf(schoolId)}`,
    category: null,
    ...words,
  })
  assert.equal(saved.status, 200, saved.text)
}

test("office-32 the school's day is not the office's, and what waits for the school is no to-do of the office", async (t) => {
  const w = await world(t)
  await w.house.database.writer
    .updateTable('cycle')
    .set({ planUntil: '2026-04-30' })
    .where('id', '=', w.cycleId)
    .execute()
  const draft = await makeDraft(w)
  const [mine] = (await todosOf(w, 'secretary')).filter((one) => one.kind === 'planToSign')
  assert.deepEqual([mine?.dueDate, mine?.overdue], ['2026-04-30', true])
  await (await w.as('secretary')).post(`/api/plans/${draft}/sign`)
  const [theirs] = (await todosOf(w, 'office')).filter((one) => one.href.endsWith(draft))
  assert.deepEqual([theirs?.title, theirs?.dueDate, theirs?.overdue], ['创建方案待审核', undefined, false])
  assert.deepEqual(
    (await todosOf(w, 'secretary')).filter((one) => one.href.endsWith(draft)),
    [],
  )

  const turnOf = async (...who: Parameters<World['as']>) =>
    (await todosOf(w, ...who)).filter((one) => one.kind === 'finding').map((one) => one.title)
  const finding = await recordedFinding(w)
  assert.deepEqual([await turnOf('office'), await turnOf('clerk')], [['督查问题待送达初步意见'], []])
  await (await w.as('office')).post(`/api/findings/${finding}/send`, { preliminary: '请说明' })
  assert.deepEqual([await turnOf('office'), await turnOf('clerk')], [[], ['督查初步意见待回复']])
  await (await w.as('clerk')).post(`/api/findings/${finding}/reply`, { reply: '已更换' })
  assert.deepEqual([await turnOf('office'), await turnOf('clerk')], [['督查意见待出具'], []])
})
