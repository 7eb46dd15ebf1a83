import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scoreAll, scoresAt } from '#tests/world/review.ts'
import {
  confer,
  conferred,
  confirmDecision,
  decide,
  decision,
  draft,
  ended,
  later,
  moveNotice,
  namingSeen,
  object,
  posted,
  revoke,
  sealed,
} from '#tests/world/award.ts'
import { PNG, upload } from '#tests/world/upload.ts'
import type { Caller } from '#tests/world/world.ts'

const gradeOf = async (office: Caller): Promise<string> => (await office.get('/api/naming')).body.grades[0]
const reopen = async (office: Caller, resultId: string, reason = '名单登记错了') =>
  office.post(`/api/results/${resultId}/reopen`, { reason, seen: await namingSeen(office) })

interface Row {
  schoolName: string
  state: string
}
const statesOf = async (office: Caller): Promise<string[][]> =>
  ((await office.get('/api/naming')).body.awards as Row[]).map((one) => [one.schoolName, one.state]).toSorted()

test('the day of the decision is neither to come nor before the result was sealed', async (t) => {
  const { office, resultId, applications } = await sealed(t)
  const on = async (heldOn: string) =>
    decide(office, resultId, { ...decision([applications[0]], await gradeOf(office)), heldOn })
  assert.match((await on('2026-11-10')).body.message, /不能晚于今天/)
  assert.match((await on('2026-11-08')).body.message, /2026年11月9日封存的，审定会议不能早于这一天/)
  assert.equal((await on('2026-11-09')).status, 200)
})

test('a school that is passed over in the order of places is named, and choosing so needs a reason that is kept', async (t) => {
  const { office, resultId, applications } = await sealed(t)
  const { candidates } = (await office.get('/api/naming')).body
  assert.deepEqual(
    candidates.map((one: { schoolName: string; place: number }) => [one.schoolName, one.place]),
    [
      ['演示第一小学', 1],
      ['演示第二小学', 2],
    ],
  )
  const chosen = decision([applications[1]], await gradeOf(office))
  const refused = await decide(office, resultId, chosen)
  assert.equal(refused.status, 422)
  assert.match(refused.body.message, /演示第一小学名次在前而没有入选/)
  assert.equal((await decide(office, resultId, { ...chosen, skipReason: '第一名放弃' })).status, 200)
  assert.equal((await office.get('/api/naming')).body.decisions[0].skipReason, '第一名放弃')
})

test('rule 19: a notice is posted only after a second person confirmed the decision, who is not the one that recorded it', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  await decide(office, resultId, decision([applications[0]], await gradeOf(office)))
  const notice = await draft(office)
  const early = await moveNotice(office, notice, 'post')
  assert.equal(early.status, 422)
  assert.match(early.body.message, /还没有由另一人对照会议纪要核对确认/)
  assert.equal((await office.get(`/api/notices/${notice}`)).body.moves.post.length, 1)
  const [one] = (await office.get('/api/decisions')).body
  assert.deepEqual([one.names[0].schoolName, one.alone, one.moves.confirm.length], ['演示第一小学', false, 1])
  const own = await office.post(`/api/decisions/${one.id}/confirm`, { reason: '没有别人', seen: one.digest })
  assert.equal(own.body.reasons[0].code, 'sameDoer')
  const leader = await w.as('leader')
  assert.ok(
    (await leader.get('/api/todo')).body.items.some((item: { title: string }) => item.title === '审定决定待核对确认'),
  )
  assert.equal((await leader.post(`/api/decisions/${one.id}/confirm`, { seen: 'x' })).status, 409)
  assert.equal((await confirmDecision(w)).status, 200)
  assert.equal((await leader.post(`/api/decisions/${one.id}/confirm`, { seen: one.digest })).status, 409)
  assert.equal((await moveNotice(office, notice, 'post')).status, 200)
  const [shown] = (await office.get('/api/naming')).body.decisions
  assert.deepEqual([shown.confirmedByName !== '', shown.mergedReason], [true, ''])
})

test('rule 19: where nobody else can confirm, one person does with a reason that the decision keeps', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  await decide(office, resultId, decision([applications[0]], await gradeOf(office)))
  await w.house.database.writer
    .updateTable('roleGrant')
    .set({ endedAt: '2026-11-09T00:00:00.000Z' })
    .where('role', '=', 'leader')
    .execute()
  const [one] = (await office.get('/api/decisions')).body
  assert.equal(one.alone, true)
  const bare = await office.post(`/api/decisions/${one.id}/confirm`, { seen: one.digest })
  assert.equal(bare.body.reasons[0].code, 'reasonMissing')
  const said = { reason: '本局只有一名工作人员', seen: one.digest }
  assert.equal((await office.post(`/api/decisions/${one.id}/confirm`, said)).status, 200)
  assert.equal((await office.get('/api/naming')).body.decisions[0].mergedReason, '本局只有一名工作人员')
  const notice = await draft(office)
  assert.equal((await moveNotice(office, notice, 'post')).status, 200)
})

test('the minutes of a decision are kept as files under its digest, and read by the leader who confirms it', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  const file = (await upload(w, office, { name: '会议纪要.png', bytes: PNG })).body
  const chosen = { ...decision([applications[0]], await gradeOf(office)), fileIds: [file.id] }
  assert.equal((await decide(office, resultId, chosen)).status, 200)
  const leader = await w.as('leader')
  const [one] = (await leader.get('/api/decisions')).body
  assert.deepEqual(one.files, [{ fileId: file.id, name: '会议纪要.png', kind: 'png' }])
  assert.equal((await leader.get(`/api/files/${file.id}`)).status, 200)
  assert.equal((await (await w.as('secretary')).get(`/api/files/${file.id}`)).status, 404)
  const other = await upload(w, await w.as('clerk'), { name: '现场.png', bytes: PNG })
  await reopen(office, resultId)
  const strange = await decide(office, resultId, { ...chosen, fileIds: ['00000000-0000-4000-8000-000000000000'] })
  assert.equal(strange.status, 404)
  assert.ok(other.body.id)
})

test('a decision on what has changed since it stood on the screen does nothing', async (t) => {
  const { office, resultId, applications } = await sealed(t)
  const seen = await namingSeen(office)
  const body = { ...decision([applications[0]], await gradeOf(office)), seen }
  assert.equal((await office.post(`/api/results/${resultId}/decide`, body)).status, 200)
  await reopen(office, resultId)
  const late = await office.post(`/api/results/${resultId}/decide`, { ...body, seen: 'x'.repeat(64) })
  assert.equal(late.status, 409)
  assert.match(late.body.message, /请看过最新内容再登记决定/)
})

test('a wrong decision is taken up again before its notice: its draft is dropped, the names fall back, both versions stay', async (t) => {
  const { office, resultId, applications } = await sealed(t)
  const grade = await gradeOf(office)
  await decide(office, resultId, { ...decision([applications[1]], grade), skipReason: '点错了' })
  const noticeId = await draft(office)
  const { knockOn } = (await office.get('/api/naming')).body
  assert.match(knockOn.join(''), /起草中的公示.*作废.*演示第二小学（1 所）退回待审定/)
  assert.equal((await office.post(`/api/results/${resultId}/reopen`, { reason: '', seen: 'x' })).status, 422)
  assert.equal((await reopen(office, resultId)).status, 200)
  const dropped = (await office.get(`/api/notices/${noticeId}`)).body
  assert.deepEqual([dropped.state, dropped.closedReason], ['dropped', '名单登记错了'])
  assert.equal((await decide(office, resultId, decision([applications[0]], grade))).status, 200)
  assert.deepEqual(await statesOf(office), [
    ['演示第一小学', 'decided'],
    ['演示第二小学', 'superseded'],
  ])
  const { decisions } = (await office.get('/api/naming')).body
  assert.deepEqual(
    decisions.map((one: { supersededReason: string; names: unknown[] }) => [one.supersededReason, one.names.length]),
    [
      ['', 1],
      ['名单登记错了', 1],
    ],
  )
  await draft(office)
})

test('a posted notice is superseded by a new one; both stay readable, and the old one leads to the new', async (t) => {
  const { w, office, resultId, applications, noticeId } = await posted(t)
  assert.equal((await reopen(office, resultId, '漏了一所学校')).status, 200)
  const old = await w.visitor.get(`/notices/${noticeId}`)
  assert.match(old.text, /这份公示已被替代.*漏了一所学校.*另行公示/s)
  assert.doesNotMatch(old.text, /提交异议/)
  const skip = { ...decision([applications[1]], await gradeOf(office)), skipReason: '更正后的名单' }
  assert.equal((await decide(office, resultId, skip)).status, 200)
  w.passDays(0.001)
  const next = await draft(office)
  const saved = (await office.get(`/api/notices/${next}`)).body
  assert.match(saved.body, /联系人：演示/, 'whom to reach is taken over from the last notice')
  await confirmDecision(w)
  assert.equal((await moveNotice(office, next, 'post')).status, 200)
  assert.ok((await w.visitor.get(`/notices/${noticeId}`)).text.includes(`href="/notices/${next}"`))
  assert.match((await w.visitor.get(`/notices/${next}`)).text, /演示第二小学/)
})

test('an upheld objection leads to a corrected result that points to the old one, and a school left out is conferred on', async (t) => {
  const { w, office, resultId, applications } = await ended(t)
  assert.equal((await reopen(office, resultId, '异议属实：评分计算有误')).status, 200)
  const shown = (await office.get('/api/ranking')).body.digest
  assert.equal(
    (await office.post(`/api/results/${resultId}/correct`, { reason: '访谈分录错', seen: shown })).status,
    200,
  )
  const sheet = await w.house.database.reader
    .selectFrom('scoreSheet')
    .select(['id', 'updatedAt'])
    .where('applicationId', '=', applications[0])
    .where('method', '=', 'interview')
    .executeTakeFirstOrThrow()
  await office.post(`/api/sheets/${sheet.id}/return`, { reason: '分数录错，请核对', seen: sheet.updatedAt })
  const reviewer = await w.as('reviewer')
  const { updatedAt } = (await reviewer.get(`/api/sheets/${sheet.id}`)).body
  const body = { scores: scoresAt('interview', 0.1), remark: '', updatedAt }
  assert.equal((await reviewer.post(`/api/sheets/${sheet.id}/submit`, body)).status, 200)
  await scoreAll(reviewer)
  const { id, digest: seen } = (await office.post('/api/review/compute')).body
  await office.post(`/api/results/${id}/moderate`, { remark: '复核无误', seen })
  assert.equal((await office.post(`/api/results/${id}/seal`, { seen })).status, 200)
  const row = await w.house.database.reader
    .selectFrom('result')
    .select('previousId')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  assert.equal(row.previousId, resultId)
  const decided = await decide(office, id, {
    ...decision([applications[1]], await gradeOf(office)),
    heldOn: '2026-11-17',
  })
  assert.equal(decided.status, 200, decided.text)
  const next = await draft(office)
  await confirmDecision(w)
  await moveNotice(office, next, 'post')
  const after = await later(w, '2026-11-25T02:00:00.000Z')
  assert.equal((await moveNotice(after, next, 'end')).status, 200)
  const done = await confer(after, { documentNumber: '演示〔2026〕1号', conferredOn: '2026-11-25' })
  assert.deepEqual(done.body, { conferred: 1 })
  const states = await w.house.database.reader.selectFrom('application').select(['id', 'state']).execute()
  assert.deepEqual(
    new Map(states.map((one) => [one.id, one.state])),
    new Map([
      [applications[0], 'notAwarded'],
      [applications[1], 'awarded'],
    ]),
  )
})

test('after conferral a place freed by revocation is filled by a further decision with its own notice; what is public stays', async (t) => {
  const { w, office, resultId, applications, award } = await conferred(t)
  assert.equal((await revoke(w, office, award.id, '材料不实')).status, 200)
  assert.equal((await reopen(office, resultId, '补足空出的名额')).status, 200)
  const grade = await gradeOf(office)
  const first = decision([applications[0]], grade)
  assert.match((await decide(office, resultId, first)).body.message, /没有完成评审或者已经公布/)
  const fill = { ...decision([applications[1]], grade), heldOn: '2026-11-17' }
  assert.equal((await decide(office, resultId, fill)).status, 200)
  w.passDays(0.001)
  const next = await draft(office)
  await confirmDecision(w)
  await moveNotice(office, next, 'post')
  const after = await later(w, '2026-11-25T02:00:00.000Z')
  await moveNotice(after, next, 'end')
  assert.equal((await confer(after, { documentNumber: '补〔2026〕1号', conferredOn: '2026-11-25' })).status, 200)
  assert.deepEqual(await statesOf(after), [
    ['演示第一小学', 'revoked'],
    ['演示第二小学', 'conferred'],
  ])
  assert.match((await w.visitor.get('/verify/YXYP-2026-0002')).text, /证书真实有效/)
})

test('a decision taken up again after conferral by mistake ends as it was by deciding on nobody, and the year does not close meanwhile', async (t) => {
  const { w, office, resultId } = await conferred(t)
  await reopen(office, resultId, '点错了')
  assert.equal((await office.post(`/api/cycles/${w.cycleId}/close`)).status, 409)
  const none = await decide(office, resultId, { ...decision([]), heldOn: '2026-11-17' })
  assert.equal(none.status, 200, none.text)
  // Nobody is told “未入选” on one person's word.
  assert.equal((await office.get('/api/naming')).body.result.state, 'decided')
  assert.equal((await confirmDecision(w)).status, 200)
  assert.equal((await office.get('/api/naming')).body.result.state, 'final')
  assert.deepEqual(await statesOf(office), [['演示第一小学', 'conferred']])
  assert.equal((await office.post(`/api/cycles/${w.cycleId}/close`)).status, 200)
})

test('objections to a superseded notice still have to be answered before the next one ends', async (t) => {
  const { w, office, resultId, applications, noticeId } = await posted(t)
  await object(w, noticeId, {
    name: '演示群众',
    phone: '0372-0000000',
    content: '演示异议：材料里的两张照片像是同一次活动的。',
  })
  await reopen(office, resultId)
  await decide(office, resultId, decision([applications[0]], await gradeOf(office)))
  w.passDays(0.001)
  const next = await draft(office)
  await confirmDecision(w)
  await moveNotice(office, next, 'post')
  const after = await later(w, '2026-11-17T02:00:00.000Z')
  assert.match((await moveNotice(after, next, 'end')).body.message, /还有 1 件异议没有答复/)
})

test('T2-16: until the conferral the chosen and the other school see the same, but for the names in the posted notice', async (t) => {
  const { w, office, resultId, applications } = await sealed(t)
  const [one, two] = w.schoolIds
  const seenBy = async (schoolId: string, applicationId: string) => {
    const school = await w.as('secretary', schoolId)
    const paths = ['/api/applications/own', `/api/applications/${applicationId}`, '/api/awards/own', '/api/todo']
    const told = await Promise.all(paths.map(async (path) => (await school.get(path)).text))
    // What is the school's own, its name and its numbers, differs at any time.
    return told.map((text) => (text.match(/"(state|stateLabel|kind|title)":"[^"]*"/g) ?? []).toSorted().join())
  }
  const compare = async (when: string) =>
    assert.deepEqual(await seenBy(one, applications[0]), await seenBy(two, applications[1]), when)
  await compare('sealed')
  await decide(office, resultId, decision([applications[0]], await gradeOf(office)))
  await compare('decided')
  assert.doesNotMatch((await w.visitor.get('/notices')).text, /关于拟授予/)
  const noticeId = await draft(office)
  await compare('drafted')
  assert.equal((await w.visitor.get(`/notices/${noticeId}`)).status, 404)
  await confirmDecision(w)
  await moveNotice(office, noticeId, 'post')
  await compare('posted')
  const after = await later(w, '2026-11-17T02:00:00.000Z')
  await moveNotice(after, noticeId, 'end')
  await compare('ended')
  assert.doesNotMatch((await w.visitor.get('/brands')).text, /成果奖/)
})
