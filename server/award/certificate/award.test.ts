import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noticeOf } from '#tests/world/calendar.ts'
import { rewrite } from '#tests/world/review.ts'
import { system } from '#domain/base/actor.ts'
import { sha256 } from '#server/kernel/work.ts'
import {
  confer,
  conferral,
  conferred,
  confirmDecision,
  decide,
  decision,
  draft,
  ended,
  later,
  moveNotice,
  moveObjection,
  object,
  posted,
  receiptIn,
  revoke,
  sealed,
} from '#tests/world/award.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'

const eventsOf = async (w: World, event: string) =>
  (await w.house.database.reader.selectFrom('auditRow').select('detail').where('event', '=', event).execute()).length

const words = {
  name: '演示群众',
  phone: '0372-0000000',
  schoolId: '',
  content: '演示异议：材料里的两张照片像是同一次活动的，请核查。',
}

test('a decision over the quota, of strangers, twice the same and with a grade that is none names every mistake at once', async (t) => {
  const { office, resultId, applications } = await sealed(t)
  const stranger = '00000000-0000-7000-8000-000000000000'
  const answer = await decide(office, resultId, decision([applications[0], applications[0], stranger], '特等奖'))
  assert.equal(answer.status, 422)
  const told = answer.body.reasons.map((one: { message: string }) => one.message).join('')
  for (const part of ['超过名额', '至少 1 所', '选了两次', '1 所没有完成评审或者已经公布', '等次只能是'])
    assert.match(told, new RegExp(part))
  assert.equal((await decide(office, resultId, decision([]))).status, 422)
})

test('two people of the office who record the decision at once make one decision, one 409 and one audit row', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  const grades = (await office.get('/api/naming')).body.grades as string[]
  const body = decision([applications[0]], grades[0])
  const answers = await Promise.all([1, 2].map(() => decide(office, resultId, body)))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  assert.equal(await eventsOf(w, 'result.decide'), 1)
  assert.equal(await eventsOf(w, 'award.decide'), 1)
})

test('rule 12: the notice stands five working days, the posting day not counted, and tells names by stage and no place', async (t) => {
  const { w, noticeId, endsOn } = await posted(t)
  assert.equal(endsOn, '2026-11-16')
  const { text } = await w.visitor.get(`/notices/${noticeId}`)
  assert.match(text, /公示时间：2026年11月9日至2026年11月16日/)
  assert.match(text, /小学（1 所）/)
  assert.match(text, /演示第一小学/)
  assert.doesNotMatch(text.replace(/<select[\s\S]*?<\/select>/g, ''), /演示第二小学|第一名|得分|8280|82\.8/)
})

test('rule 12: a notice that would run into a year without a calendar is refused and says where to enter it', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  const grades = (await office.get('/api/naming')).body.grades as string[]
  await decide(office, resultId, decision([applications[0]], grades[0]))
  const id = await draft(office)
  const there = await later(w, '2026-12-29T02:00:00.000Z')
  await confirmDecision(w)
  const refused = await moveNotice(there, id, 'post')
  assert.equal(refused.status, 422)
  assert.match(refused.body.message, /2027 年的节假日安排/)
  assert.equal(refused.body.reasons[0].href, '/console/calendar')
  assert.equal((await there.put('/api/calendar/2027', noticeOf(2027))).status, 200)
  assert.deepEqual((await moveNotice(there, id, 'post')).body, { endsOn: '2027-01-06' })
})

test('the words of a notice are not saved over somebody else’s newer ones', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  const grades = (await office.get('/api/naming')).body.grades as string[]
  await decide(office, resultId, decision([applications[0]], grades[0]))
  const id = await draft(office)
  const { updatedAt } = (await office.get(`/api/notices/${id}`)).body
  const save = (title: string, seen: string) =>
    office.put(`/api/notices/${id}`, { title, body: '正文', updatedAt: seen })
  w.setTime('2026-11-09T02:05:00.000Z')
  assert.equal((await save('甲的标题', updatedAt)).status, 200)
  const late = await save('乙的标题', updatedAt)
  assert.equal(late.status, 409)
  assert.match(late.body.message, /您填写的内容还在本页/)
  const after = (await office.get(`/api/notices/${id}`)).body
  assert.equal(after.title, '甲的标题')
  assert.equal((await save('乙的标题', after.updatedAt)).status, 200)
})

test('the last day of a notice is a day to object, the next is none, by the clock of Shanghai', async (t) => {
  const { w, noticeId } = await posted(t)
  const send = () => object(w, noticeId, words, 5)
  w.setTime('2026-11-16T15:59:54.000Z')
  const last = await send()
  assert.equal(last.status, 200)
  assert.match(last.text, /异议已收到/)
  w.setTime('2026-11-16T16:00:00.000Z')
  const late = await send()
  assert.equal(late.status, 409)
  assert.match(late.text, /公示已经结束，不再接收异议/)
  assert.ok(late.text.includes(words.content), 'whoever wrote past midnight keeps the words')
  assert.equal(await eventsOf(w, 'objection.received'), 1)
})

test('an objection with mistakes names all of them and keeps what was typed', async (t) => {
  const { w, noticeId } = await posted(t)
  const answer = await object(w, noticeId, {
    ...words,
    phone: '没有',
    content: '太短',
    schoolId: '没有这所',
  })
  assert.equal(answer.status, 422)
  for (const part of ['能联系到您的手机号', '至少写 20 个字', '请从列表里选择学校', 'value="演示群众"', '>太短<'])
    assert.ok(answer.text.includes(part), part)
})

test('a notice ends only after its last day and with every objection answered', async (t) => {
  const { w, office, noticeId } = await posted(t)
  await object(w, noticeId, words)
  const early = await moveNotice(office, noticeId, 'end')
  assert.equal(early.status, 409)
  assert.equal(early.body.reasons.length, 2)
  assert.match(
    early.body.message + early.body.reasons.map((one: { message: string }) => one.message).join(''),
    /2026年11月16日/,
  )
  const after = await later(w, '2026-11-17T02:00:00.000Z')
  const open = await moveNotice(after, noticeId, 'end')
  assert.equal(open.body.reasons[0].message, '还有 1 件异议没有答复，请先办结。')
  const [objection] = (await after.get('/api/objections')).body.items
  await moveObjection(after, objection.id, 'dismiss', { text: '没有指明事实。' })
  await moveObjection(after, objection.id, 'reply', { text: '所述没有依据，不予受理。' })
  assert.equal((await moveNotice(after, noticeId, 'end')).status, 200)
})

test('an objection is checked by somebody without a tie to the school, who alone concludes; the receipt tells the answer', async (t) => {
  const { w, office, noticeId } = await posted(t)
  const given = await object(w, noticeId, { ...words, schoolId: w.schoolIds[0] })
  const receipt = receiptIn(given.text)
  const [{ id }] = (await office.get('/api/objections')).body.items
  const assign = (handlerId: string) => moveObjection(office, id, 'assign', { handlerId })
  await moveObjection(office, id, 'admit', { text: '已受理' })
  const reviewer = await assign(w.personOf('reviewer'))
  assert.match(reviewer.body.message, /评过这所学校，请换一位/)
  assert.match((await assign(w.personOf('clerk'))).body.message, /在被异议的学校任职，请换一位/)
  assert.equal((await assign(w.personOf('department'))).status, 200)
  assert.equal((await moveObjection(office, id, 'decide', { text: '属实' })).status, 403)
  const handler = await w.as('department')
  assert.equal((await moveObjection(handler, id, 'decide', { text: '经核查，不属实。' })).status, 200)
  const asked = () => w.visitor.form('/objections', { receipt: receipt.toLowerCase() })
  assert.doesNotMatch((await asked()).text, /不属实/)
  assert.equal((await moveObjection(office, id, 'reply', { text: '经核查，所述不属实。' })).status, 200)
  const { text } = await asked()
  assert.match(text, /经核查，所述不属实。/)
  assert.match(text, /2026年11月9日/)
  assert.doesNotMatch(text, /演示群众|0372/)
})

test('an objection sent twice is one, under one receipt; the same words of somebody else are another', async (t) => {
  const { w, office, noticeId } = await posted(t)
  const drawn = /name="drawn" value="([^"]+)"/.exec((await w.visitor.get(`/notices/${noticeId}/objections`)).text)?.[1]
  const send = async (more: Record<string, string> = {}) => {
    const { text } = await object(w, noticeId, { ...words, ...more })
    return receiptIn(text)
  }
  const form = { drawn: drawn ?? '' }
  const [first, second] = await Promise.all([send(form), send(form)])
  assert.ok(first)
  assert.equal(second, first)
  assert.equal((await office.get('/api/objections')).body.total, 1)
  const audited = await eventsOf(w, 'objection.repeated')
  assert.equal(await send(form), first)
  assert.equal(await eventsOf(w, 'objection.repeated'), audited, 'one form pressed for ever fills no audit')
  assert.notEqual(await send({ name: '演示群众乙' }), first)
  assert.equal((await office.get('/api/objections')).body.total, 2)
  assert.equal(await send({ website: 'http://example.com' }), '', 'a program fills what people do not see')
})

test('a receipt of the early morning bears the day of Shanghai', async (t) => {
  const { w, noticeId } = await posted(t)
  w.setTime('2026-11-11T22:30:00.000Z')
  const given = await object(w, noticeId, words)
  const receipt = receiptIn(given.text)
  assert.match((await w.visitor.form('/objections', { receipt })).text, /2026年11月12日/)
})

test('names are conferred after the notice only, on a day after it and not to come', async (t) => {
  const { w, office, noticeId } = await posted(t)
  assert.equal((await confer(office)).status, 409)
  const after = await later(w, '2026-11-17T02:00:00.000Z')
  await moveNotice(after, noticeId, 'end')
  const on = (conferredOn: string) => confer(after, { ...conferral, conferredOn })
  assert.match((await on('2026-11-16')).body.message, /公示截止日2026年11月16日之后/)
  assert.match((await on('2026-11-18')).body.message, /不能晚于今天/)
  assert.equal((await on('2026-11-17')).status, 200)
})

test('a conferral raced gives one certificate, and every application its outcome', async (t) => {
  const { w, office, applications } = await ended(t)
  const answers = await Promise.all([1, 2].map(() => confer(office)))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  assert.equal(await eventsOf(w, 'award.confer'), 1)
  const states = await w.house.database.reader.selectFrom('application').select(['id', 'state']).execute()
  assert.deepEqual(
    new Map(states.map((one) => [one.id, one.state])),
    new Map([
      [applications[0], 'awarded'],
      [applications[1], 'notAwarded'],
    ]),
  )
})

test('a certificate is checked by its number, typed as people type, and says for ever what was conferred', async (t) => {
  const { w, number } = await conferred(t)
  assert.equal(number, 'YXYP-2026-0001')
  const check = async () => (await w.visitor.get(`/verify/${encodeURIComponent(' yxyp-2026-0001')}`)).text
  assert.match(await check(), /证书真实有效/)
  const [schoolId] = w.schoolIds
  await w.work(system, async (work) => {
    await work.tx.updateTable('school').set({ name: '演示新名小学' }).where('id', '=', schoolId).execute()
    work.record('test.renamed', 'school', schoolId)
  })
  const text = await check()
  assert.match(text, /演示第一小学/)
  assert.doesNotMatch(text, /演示新名小学/)
  assert.match(text, /2029年11月17日/)
  const { certificate, certificateDigest } = await w.house.database.reader
    .selectFrom('award')
    .select(['certificate', 'certificateDigest'])
    .executeTakeFirstOrThrow()
  assert.equal(sha256(certificate ?? ''), certificateDigest)
  assert.ok(text.includes(certificateDigest ?? '-'))
  w.setTime('2029-11-18T02:00:00.000Z')
  assert.match(await check(), /证书真实，但已过有效期/)
  assert.equal((await w.visitor.get('/verify/YXYP-2026-0002')).status, 404)
})

test('whatever is typed for a number is answered as a number that is none, also when its cut falls into a character', async (t) => {
  const w = await world(t)
  const typed = encodeURIComponent(`${'9'.repeat(39)}🏫`)
  const asked = await w.visitor.get(`/verify?number=${typed}`)
  assert.equal(asked.status, 303)
  assert.equal((await w.visitor.get(String(asked.headers['location']))).status, 404)
  const straight = await w.visitor.get(`/verify/${typed}`)
  assert.equal(straight.status, 404)
  assert.match(straight.text, /没有这个编号的证书/)
})

test('the honour is the school’s own: it sees its certificate, another school sees nothing', async (t) => {
  const { w, number } = await conferred(t)
  const [first, second] = w.schoolIds
  assert.equal((await (await w.as('clerk', first)).get('/api/awards/own')).body.length, 1)
  const other = await w.as('clerk', second)
  assert.deepEqual((await other.get('/api/awards/own')).body, [])
  assert.equal((await other.get(`/certificates/${number}`)).status, 404)
  assert.equal((await (await w.as('secretary', first)).get(`/certificates/${number}`)).status, 200)
})

test('an award revoked says so with its reason where the certificate is checked', async (t) => {
  const { w, office, award, number } = await conferred(t)
  assert.equal((await office.post(`/api/awards/${award.id}/revoke`, { reason: '', seen: award.updatedAt })).status, 422)
  assert.equal((await revoke(w, office, award.id, '材料不实，经核查撤销。')).status, 200)
  const { text } = await w.visitor.get(`/verify/${number}`)
  assert.match(text, /证书已撤销/)
  assert.match(text, /材料不实，经核查撤销/)
})

test('a name taken back during the notice is not conferred and was never an honour', async (t) => {
  const { w, office, noticeId, applications } = await posted(t)
  const [award] = (await office.get('/api/naming')).body.awards
  assert.equal((await revoke(w, office, award.id, '异议属实')).status, 200)
  const after = await later(w, '2026-11-17T02:00:00.000Z')
  assert.equal((await moveNotice(after, noticeId, 'end')).status, 200)
  assert.equal((await confer(after)).status, 409)
  assert.deepEqual((await (await w.as('clerk')).get('/api/awards/own')).body, [])
  const row = await w.house.database.reader
    .selectFrom('application')
    .select('state')
    .where('id', '=', applications[0])
    .executeTakeFirstOrThrow()
  assert.equal(row.state, 'notAwarded')
})

test('a year does not end while names that were decided on wait for their notice or their conferral', async (t) => {
  const { w, office } = await ended(t)
  const close = (caller: Caller) => caller.post(`/api/cycles/${w.cycleId}/close`)
  const refused = await close(office)
  assert.equal(refused.status, 409)
  assert.equal(refused.body.reasons[0].href, '/console/naming')
  assert.equal((await confer(office)).status, 200)
  assert.equal((await close(office)).status, 200)
})

test('the last name taken back between the end of the notice and the conferral tells the schools their outcome', async (t) => {
  const { w, office, applications } = await ended(t)
  const [award] = (await office.get('/api/naming')).body.awards
  assert.equal((await revoke(w, office, award.id, '材料不实')).status, 200)
  const states = await w.house.database.reader
    .selectFrom('application')
    .select('state')
    .where('id', 'in', applications)
    .execute()
  assert.deepEqual(
    states.map((one) => one.state),
    ['notAwarded', 'notAwarded'],
  )
})

test('notice and certificate name the brand that was applied with and reviewed, whatever the school calls it since', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  const frozen = JSON.stringify({ brand: { name: '演示申报品牌' } })
  const [schoolId] = w.schoolIds
  await rewrite(w, 'application', applications[0], { frozen })
  await w.house.database.writer
    .insertInto('brand')
    .values({
      id: '演示品牌',
      schoolId,
      bureauId: w.bureauId,
      name: '演示改后品牌',
      categoryId: null,
      concept: '',
      connotation: '',
      slogan: '',
      localResources: '[]',
      logoFileId: null,
      version: 2,
      publishedAt: null,
      createdAt: '2026-05-11T00:00:00.000Z',
      updatedAt: '2026-11-09T00:00:00.000Z',
    })
    .execute()
  const grades = (await office.get('/api/naming')).body.grades as string[]
  await decide(office, resultId, decision([applications[0]], grades[0]))
  const id = await draft(office)
  await confirmDecision(w)
  await moveNotice(office, id, 'post')
  const notice = await w.visitor.get(`/notices/${id}`)
  assert.match(notice.text, /演示申报品牌/)
  assert.doesNotMatch(notice.text, /演示改后品牌/)
  const after = await later(w, '2026-11-17T02:00:00.000Z')
  await moveNotice(after, id, 'end')
  await confer(after)
  assert.match((await w.visitor.get('/verify/YXYP-2026-0001')).text, /演示申报品牌/)
})

test('an objection is given only to people of the bureau who can conclude it', async (t) => {
  const { w, office, noticeId } = await posted(t)
  await object(w, noticeId, words)
  const [{ id }] = (await office.get('/api/objections')).body.items
  await moveObjection(office, id, 'admit', { text: '已受理' })
  const refused = await moveObjection(office, id, 'assign', { handlerId: w.personOf('clerk') })
  assert.equal(refused.status, 422)
  assert.match(refused.body.message, /没有在用的机关岗位，不能办理/)
})
