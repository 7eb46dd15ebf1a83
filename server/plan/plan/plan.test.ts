import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '#domain/base/actor.ts'
import { canonical } from '#domain/base/canonical.ts'
import { createCycle } from '#server/year/cycle/actions.ts'
import { openYear } from '#server/yearTurn.ts'
import { closePlans, startPlan } from './actions.ts'
import { listPlanTodos } from '#server/plan/list/views.ts'
import { lookAround, sha256 } from '#server/kernel/work.ts'
import { makeAccepted, makeDraft, makePublished, makeSigned, planContent } from '#tests/everywhere/access/plan.ts'
import { PDF, upload } from '#tests/world/upload.ts'
import { type World, world } from '#tests/world/world.ts'
import { stampOf } from '#domain/base/stamp.ts'

/** A task that nobody has reported on yet. */
const UNTOUCHED = stampOf([0, '', null])

const auditOf = (w: World, event: string) =>
  w.house.database.reader.selectFrom('auditRow').select('detail').where('event', '=', event).execute()

test('two people beginning the same plan at once leave one plan and one 409', async (t) => {
  const w = await world(t)
  const callers = [await w.as('clerk'), await w.as('secretary')]
  const answers = await Promise.all(callers.map((one) => one.post('/api/plans', { cycleId: w.cycleId })))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  assert.equal((await auditOf(w, 'plan.started')).length, 1)
})

test('signing an empty plan names everything that is missing at once, the brand included', async (t) => {
  const w = await world(t)
  const secretary = await w.as('secretary')
  const { body } = await secretary.post('/api/plans', { cycleId: w.cycleId })
  const answer = await secretary.post(`/api/plans/${body.id}/sign`)
  assert.equal(answer.status, 422)
  const messages = answer.body.reasons.map((one: { message: string }) => one.message).join('')
  for (const word of ['党员发展', '切入点', '年度工作目标', '制度', '活动', '阵地', '媒介', '经费', '承诺', '品牌'])
    assert.match(messages, new RegExp(word))
  assert.ok(answer.body.reasons.length >= 17)
})

test('a plan raced to be signed, accepted and published gives one success, one 409 and one audit row each time', async (t) => {
  const w = await world(t)
  const id = await makeDraft(w)
  const race = async (roles: readonly ['secretary' | 'office', 'secretary' | 'office' | 'clerk'], action: string) => {
    const [one, other] = [await w.as(roles[0]), await w.as(roles[1])]
    const url = `/api/plans/${id}/${action}`
    const answers = await Promise.all([one.post(url), other.post(url)])
    assert.deepEqual(answers.map((each) => each.status).toSorted(), [200, 409], action)
    assert.equal((await auditOf(w, `plan.${action}`)).length, 1, action)
  }
  await race(['secretary', 'secretary'], 'sign')
  await race(['office', 'office'], 'accept')
  await race(['secretary', 'clerk'], 'publish')
})

test('a save over somebody else’s newer save is refused and changes nothing', async (t) => {
  const w = await world(t)
  const id = await makeDraft(w)
  const [clerk, secretary] = [await w.as('clerk'), await w.as('secretary')]
  const { updatedAt, tasks } = (await clerk.get(`/api/plans/${id}`)).body
  const first = await secretary.put(`/api/plans/${id}`, { updatedAt, content: { ...planContent, goals: '书记先存' } })
  assert.equal(first.status, 200)
  const late = await clerk.put(`/api/plans/${id}`, { updatedAt, content: { ...planContent, goals: '干事后存' } })
  assert.equal(late.status, 409)
  assert.match(late.body.message, /您填写的内容还在/)
  const after = (await clerk.get(`/api/plans/${id}`)).body
  assert.equal(after.goals, '书记先存')
  const kept = { ...planContent, tasks: planContent.tasks.map((task, at) => ({ ...task, id: tasks[at].id })) }
  assert.equal((await clerk.put(`/api/plans/${id}`, { updatedAt: after.updatedAt, content: kept })).status, 200)
})

test('a task that stays in the draft keeps its id, and the id of another plan is not taken', async (t) => {
  const w = await world(t)
  const id = await makeDraft(w)
  const other = await makeDraft(w, w.schoolIds[1])
  const clerk = await w.as('clerk')
  const foreign = (await (await w.as('clerk', w.schoolIds[1])).get(`/api/plans/${other}`)).body.tasks[0].id
  const before = (await clerk.get(`/api/plans/${id}`)).body
  const [first] = planContent.tasks
  const content = {
    ...planContent,
    tasks: [
      { ...first, id: before.tasks[0].id },
      { ...first, id: foreign },
    ],
  }
  await clerk.put(`/api/plans/${id}`, { updatedAt: before.updatedAt, content })
  const after = (await clerk.get(`/api/plans/${id}`)).body
  assert.equal(after.tasks[0].id, before.tasks[0].id)
  assert.notEqual(after.tasks[1].id, foreign)
})

test('several mistakes in a plan are reported at once', async (t) => {
  const w = await world(t)
  const id = await makeDraft(w)
  const clerk = await w.as('clerk')
  const { updatedAt } = (await clerk.get(`/api/plans/${id}`)).body
  const [task] = planContent.tasks
  const answer = await clerk.put(`/api/plans/${id}`, {
    updatedAt,
    content: {
      ...planContent,
      tasks: [{ ...task, dueOn: '2026-02-30' }],
      budgetLines: [{ item: '', subject: '', amountFen: -1, note: '' }],
    },
  })
  assert.equal(answer.status, 422)
  assert.deepEqual(
    answer.body.reasons.map((one: { field: string }) => one.field),
    ['content.tasks.0.dueOn', 'content.budgetLines.0.item', 'content.budgetLines.0.amountFen'],
  )
})

test('the office returns with a reason, never without, and the school finds it as a to-do', async (t) => {
  const w = await world(t)
  const id = await makeSigned(w)
  const office = await w.as('office')
  assert.equal((await office.post(`/api/plans/${id}/return`, { reason: ' ' })).status, 422)
  assert.equal((await office.post(`/api/plans/${id}/return`, { reason: '目标请写具体' })).status, 200)
  const todos = await listPlanTodos(lookAround(w.house, await w.actorOf('clerk')))
  assert.deepEqual(
    todos.map(({ kind, detail }) => [kind, detail]),
    [['planReturned', '目标请写具体']],
  )
})

test('each person finds the step that waits for them', async (t) => {
  const w = await world(t)
  const kinds = async (role: 'office' | 'secretary' | 'clerk') =>
    (await listPlanTodos(lookAround(w.house, await w.actorOf(role)))).map((one) => one.kind)
  const id = await makeDraft(w)
  assert.deepEqual(await kinds('secretary'), ['planToSign'])
  await (await w.as('secretary')).post(`/api/plans/${id}/sign`)
  assert.deepEqual(await kinds('secretary'), [])
  assert.deepEqual(await kinds('office'), ['planToJudge'])
  await (await w.as('office')).post(`/api/plans/${id}/accept`)
  assert.deepEqual(await kinds('clerk'), ['planToPublish'])
  await (await w.as('clerk')).post(`/api/plans/${id}/publish`)
  assert.deepEqual(await kinds('clerk'), [])
  w.setTime('2026-09-20T02:00:00.000Z')
  assert.deepEqual(await kinds('clerk'), ['taskDue', 'taskDue', 'taskDue', 'taskDue'])
})

test('a revision stands beside the published plan until it is published itself, and then only one is in force', async (t) => {
  const w = await world(t)
  const id = await makePublished(w)
  const [clerk, secretary, office] = [await w.as('clerk'), await w.as('secretary'), await w.as('office')]
  const task = (await clerk.get(`/api/plans/${id}`)).body.tasks[0].id
  await clerk.put(`/api/tasks/${task}/progress`, { progress: 50, progressNote: '过半', doneOn: null, seen: UNTOUCHED })
  const next = (await clerk.post(`/api/plans/${id}/revise`, { reason: '增加任务' })).body.id
  assert.equal((await clerk.post(`/api/plans/${id}/revise`, { reason: '再来一版' })).status, 409)
  const draft = (await clerk.get(`/api/plans/${next}`)).body
  assert.equal(draft.version, 2)
  assert.equal(draft.tasks[0].progress, 50)
  await clerk.put(`/api/plans/${next}`, {
    updatedAt: draft.updatedAt,
    content: { ...planContent, goals: '新的目标' },
  })
  assert.equal((await w.visitor.get(`/plans/${next}`)).status, 404)
  assert.equal((await w.visitor.get(`/plans/${id}`)).status, 200)
  await secretary.post(`/api/plans/${next}/sign`)
  await office.post(`/api/plans/${next}/accept`)
  assert.equal((await clerk.post(`/api/plans/${next}/publish`)).status, 200)
  const { body } = await office.get(`/api/plans/${next}`)
  assert.deepEqual(
    body.versions.map((one: { state: string }) => one.state),
    ['published', 'closed'],
  )
  assert.deepEqual(body.differences, [{ label: '年度目标', before: planContent.goals, after: '新的目标' }])
  const old = await w.visitor.get(`/plans/${id}`)
  assert.equal(old.status, 200)
  assert.match(old.text, /这是以前的版本/)
})

test('a published plan cannot be changed, and its digest is that of its canonical content', async (t) => {
  const w = await world(t)
  const id = await makePublished(w)
  const clerk = await w.as('clerk')
  const { updatedAt, digest } = (await clerk.get(`/api/plans/${id}`)).body
  assert.equal(digest, sha256(canonical(planContent)))
  assert.equal((await clerk.put(`/api/plans/${id}`, { updatedAt, content: planContent })).status, 409)
  const brand = (await clerk.get(`/api/schools/${w.schoolIds[0]}/brand`)).body.brand
  assert.notEqual(brand.publishedAt, null)
})

test('amending takes an accepted plan back to draft, with the reason in the audit', async (t) => {
  const w = await world(t)
  const id = await makeAccepted(w)
  const office = await w.as('office')
  assert.equal((await office.post(`/api/plans/${id}/amend`, { reason: '' })).status, 422)
  assert.equal((await office.post(`/api/plans/${id}/amend`, { reason: '附件有误' })).status, 200)
  assert.equal((await office.get(`/api/plans/${id}`)).body.state, 'draft')
  assert.match((await auditOf(w, 'plan.amended'))[0]?.detail ?? '', /附件有误/)
})

test('a promise is kept with evidence, changed with a reason, missed with or without an explanation, and only once', async (t) => {
  const w = await world(t)
  const id = await makePublished(w)
  const clerk = await w.as('clerk')
  const promise = (await clerk.get(`/api/plans/${id}`)).body.promises[0].id
  assert.equal((await clerk.post(`/api/promises/${promise}/keep`, { fileId: null })).status, 422)
  assert.equal((await clerk.post(`/api/promises/${promise}/change`, { reason: '' })).status, 422)
  const file = await upload(w, clerk, { name: '佐证.pdf', bytes: PDF })
  const secretary = await w.as('secretary')
  const answers = await Promise.all([
    clerk.post(`/api/promises/${promise}/keep`, { fileId: file.body.id }),
    secretary.post(`/api/promises/${promise}/miss`, { explanation: '' }),
  ])
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
})

test('what was registered of a promise is taken back with a reason, stays readable for everybody and can be registered anew', async (t) => {
  const w = await world(t)
  const id = await makePublished(w)
  const clerk = await w.as('clerk')
  const read = async () => (await clerk.get(`/api/plans/${id}`)).body.promises[0]
  const promise = (await read()).id
  const reopen = (reason: string, seen: string) => clerk.post(`/api/promises/${promise}/reopen`, { reason, seen })
  assert.equal((await reopen('还没有登记', '')).status, 409)
  await clerk.post(`/api/promises/${promise}/miss`, { explanation: '疫情' })
  const { decidedAt } = await read()
  assert.equal((await reopen(' ', decidedAt)).status, 422)
  assert.equal((await reopen('看的是旧的', '2026-01-01T00:00:00.000Z')).body.code, 'unseen')
  assert.equal((await reopen('登记错了一条', decidedAt)).status, 200)
  const open = await read()
  assert.deepEqual([open.state, open.explanation, open.decidedAt], ['open', '', null])
  assert.deepEqual(
    open.before.map((was: Record<string, unknown>) => [was['stateLabel'], was['explanation'], was['reason']]),
    [['未兑现', '疫情', '登记错了一条']],
  )
  const file = await upload(w, clerk, { name: '佐证.pdf', bytes: PDF })
  assert.equal((await clerk.post(`/api/promises/${promise}/keep`, { fileId: file.body.id })).status, 200)
  const shown = await w.visitor.get(`/plans/${id}`)
  assert.match(shown.text, /曾登记为“未兑现”（疫情），撤回登记的理由：登记错了一条/)
  assert.match((await auditOf(w, 'promise.reopen'))[0]?.detail ?? '', /登记错了一条/)
  const next = (await clerk.post(`/api/plans/${id}/revise`, { reason: '改措施' })).body.id
  assert.equal((await clerk.get(`/api/plans/${next}`)).body.promises[0].before.length, 1)
})

test('a task that is done says so with 100 per cent and no date of the future', async (t) => {
  const w = await world(t)
  const id = await makePublished(w)
  const clerk = await w.as('clerk')
  const task = (await clerk.get(`/api/plans/${id}`)).body.tasks[0].id
  const put = (progress: number, doneOn: string | null) =>
    clerk.put(`/api/tasks/${task}/progress`, { progress, progressNote: '', doneOn, seen: UNTOUCHED })
  assert.equal((await put(90, '2026-05-12')).body.reasons.length, 2)
  assert.equal((await put(100, '2026-05-11')).status, 200)
})

test('this year’s plan begins with last year’s words, dates moved on and nothing done yet', async (t) => {
  const w = await world(t)
  const id = await makePublished(w)
  const clerk = await w.as('clerk')
  const task = (await clerk.get(`/api/plans/${id}`)).body.tasks[0].id
  await clerk.put(`/api/tasks/${task}/progress`, {
    progress: 100,
    progressNote: '',
    doneOn: '2026-05-11',
    seen: UNTOUCHED,
  })
  const nextId = await w.work(system, async (work) => {
    await closePlans(work, w.cycleId)
    await work.tx.updateTable('cycle').set({ state: 'closed' }).where('id', '=', w.cycleId).execute()
    const next = await createCycle(work, {
      bureauId: w.bureauId,
      year: 2027,
      title: '2027 年度',
      awardTitle: '成果奖',
      applyFrom: '2027-10-01',
      applyUntil: '2027-10-31',
      standardId: w.standardId,
    })
    const calendar = { holidays: '["2027-01-01"]', makeUpDays: '[]', source: '演示', updatedAt: work.now }
    await work.tx
      .insertInto('calendarYear')
      .values({ year: 2027, ...calendar })
      .execute()
    await openYear(work, next)
    return next
  })
  const own = (await clerk.get('/api/plans/own')).body
  assert.equal(own.planId, null)
  assert.equal(own.copyFrom.id, id)
  const actor = await w.actorOf('clerk')
  const made = await w.work(actor, (work) => startPlan(work, { cycleId: nextId, copyFromId: own.copyFrom.id }))
  const { body } = await clerk.get(`/api/plans/${made.id}`)
  assert.equal(body.goals, planContent.goals)
  assert.deepEqual([body.tasks[0].dueOn, body.tasks[0].progress], ['2027-09-30', 0])
  assert.equal(body.promises[0].state, 'open')
})

test('the office list shows every school, what its draft lacks, and needs as many queries for three plans as for one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  await makeDraft(w)
  const measure = async () => {
    w.queries.count = 0
    const { body } = await office.get('/api/plans')
    return { queries: w.queries.count, body }
  }
  const one = await measure()
  assert.equal(one.body.total, 3)
  await makeDraft(w, w.schoolIds[1])
  const clerk = await w.as('clerk', w.schoolIds[2])
  await clerk.post('/api/plans', { cycleId: w.cycleId })
  const three = await measure()
  assert.equal(three.queries, one.queries)
  const empty = three.body.items.find((item: { schoolId: string }) => item.schoolId === w.schoolIds[2])
  assert.ok(empty.missing.length > 10)
  assert.equal((await office.get('/api/plans?state=missing')).body.total, 0)
  assert.equal((await office.get('/api/plans?state=draft&sort=-updatedAt')).body.total, 3)
  assert.equal((await clerk.get('/api/plans')).body.total, 1)
})

test('every round of a plan between school and bureau stays on its page: who signed when, who returned it and why', async (t) => {
  const w = await world(t)
  const id = await makeSigned(w)
  const [office, secretary, farClerk] = [
    await w.as('office'),
    await w.as('secretary'),
    await w.as('clerk', w.schoolIds[2]),
  ]
  await office.post(`/api/plans/${id}/return`, { reason: '目标请写具体' })
  await secretary.post(`/api/plans/${id}/sign`)
  await office.post(`/api/plans/${id}/return`, { reason: '经费写到项目' })
  await secretary.post(`/api/plans/${id}/sign`)
  await office.post(`/api/plans/${id}/accept`)
  const { rounds } = (await secretary.get(`/api/plans/${id}`)).body
  assert.deepEqual(
    rounds.map((one: { title: string; who: string; detail: string }) => [one.title, one.who, one.detail]),
    [
      ['签报', '演示书记甲', ''],
      ['退回', '演示office', '目标请写具体'],
      ['签报', '演示书记甲', ''],
      ['退回', '演示office', '经费写到项目'],
      ['签报', '演示书记甲', ''],
      ['审核通过', '演示office', ''],
    ],
  )
  assert.equal((await farClerk.get(`/api/plans/${id}`)).status, 404)
})
