import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againstHandler, phoneOf, receiptFrom, receiptTyped } from '#domain/award/objection.ts'
import { later, moveNotice, moveObjection, object, posted, receiptIn } from '#tests/world/award.ts'
import { grant, rewrite } from '#tests/world/review.ts'
import type { Caller, World } from '#tests/world/world.ts'

const words = {
  name: '演示群众',
  phone: '0372-0000000',
  content: '演示异议：材料里的两张照片像是同一次活动的，请核查。',
}
const drawnIn = (text: string): string => /name="drawn" value="([^"]+)"/.exec(text)?.[1] ?? ''
const idsOf = async (office: Caller): Promise<string[]> =>
  (await office.get('/api/objections?size=200')).body.items.map((one: { id: string }) => one.id)
const answerTo = async (w: World, receipt: string) => (await w.visitor.form('/objections', { receipt })).text

test('an objection that comes back at once, with a forged seal or from another notice is not taken', async (t) => {
  const { w, noticeId, office } = await posted(t)
  assert.match((await object(w, noticeId, words, 1)).text, /提交得太快了/)
  assert.match((await object(w, noticeId, { ...words, drawn: '1.forged' })).text, /请再按一次提交[^]*演示异议：材料里/)
  assert.equal((await idsOf(office)).length, 0)
  assert.match((await object(w, noticeId, words)).text, /异议已收到/)
})

test('a crowd from one network waits longer and is marked, another network does not, and everyone in it still gets in', async (t) => {
  const { w, noticeId, office } = await posted(t)
  const formAt = `/notices/${noticeId}/objections`
  for (let at = 0; at < 34; at += 1) {
    const { text } = await w.visitor.get(formAt)
    const sent = { ...words, content: `${words.content}第 ${at} 件`, drawn: drawnIn(text), website: '' }
    w.passDays(4 / 86_400)
    const first = await w.visitor.form(formAt, sent)
    if (at > 30) {
      assert.equal(first.status, 429, String(at))
      assert.match(first.text, /请等 \d+ 秒再按一次提交[^]*第 \d+ 件/)
      assert.equal(drawnIn(first.text), sent.drawn, 'the same form is good after the wait')
      w.passDays(120 / 86_400)
    }
    const { status } = at > 30 ? await w.visitor.form(formAt, sent) : first
    assert.equal(status, 200, String(at))
  }
  assert.equal((await office.get('/api/objections')).body.total, 34)
  assert.equal((await office.get('/api/objections?state=crowded')).body.total, 24)
  const kept = await w.house.database.reader.selectFrom('formArrival').selectAll().execute()
  assert.equal(kept.length, 1)
  assert.doesNotMatch(JSON.stringify(kept), /127\.0\.0\.1/)
})

test('one form is one objection: sent twice it has one receipt, with other words it is asked to be sent anew', async (t) => {
  const { w, noticeId, office } = await posted(t)
  const { text } = await w.visitor.get(`/notices/${noticeId}/objections`)
  const drawn = drawnIn(text)
  const first = await object(w, noticeId, { ...words, drawn })
  const again = await object(w, noticeId, { ...words, drawn })
  assert.equal(receiptIn(first.text), receiptIn(again.text))
  const other = await object(w, noticeId, { ...words, drawn, content: `${words.content}另一件` })
  assert.equal(other.status, 409)
  assert.match(other.text, /再按一次提交[^]*另一件/)
  assert.equal((await idsOf(office)).length, 1)
  assert.equal((await object(w, noticeId, { ...words, drawn: drawnIn(other.text) })).status, 200)
})

test('the same words of the same person by a second form are one objection, which both receipts find; another person’s are not', async (t) => {
  const { w, noticeId, office } = await posted(t)
  const first = receiptIn((await object(w, noticeId, words)).text)
  const { text, status } = await object(w, noticeId, words)
  assert.equal(status, 200)
  const second = receiptIn(text)
  assert.notEqual(second, first)
  assert.equal((await idsOf(office)).length, 1)
  const [id = ''] = await idsOf(office)
  await moveObjection(office, id, 'dismiss', { text: '没有提供可核实的依据。' })
  for (const receipt of [first, second]) assert.match(await answerTo(w, receipt), /没有提供可核实的依据/)
  // The second form is spent as well.
  await object(w, noticeId, { ...words, name: '李四' })
  assert.equal((await idsOf(office)).length, 2)
})

test('rule 19: junk is named by one with one reason, confirmed by another, stays on record and holds up nothing', async (t) => {
  const { w, noticeId, office } = await posted(t)
  const receipt = receiptIn((await object(w, noticeId, words)).text)
  await object(w, noticeId, { ...words, content: `${words.content}再来一遍` })
  const ids = await idsOf(office)
  const asked = await office.post('/api/objections/junk', { ids, reason: '重复灌水，没有新的事实。' })
  assert.deepEqual(asked.body, { count: 2 })
  assert.match(
    await answerTo(w, receipt),
    /已收到/,
    'until a second person has looked it is an objection like any other',
  )
  const judge = (caller: Caller, action: string, some = ids) =>
    caller.post('/api/objections/junk/judge', { ids: some, action })
  assert.match((await judge(office, 'confirm')).body.message, /不能自己确认/)
  const leader = await w.as('leader')
  assert.equal((await leader.get('/api/objections')).body.total, 2)
  assert.ok((await leader.get('/api/todo')).text.includes('异议灌水待确认'))
  assert.deepEqual((await judge(leader, 'confirm')).body, { count: 2 })
  assert.match(await answerTo(w, receipt), /没有受理[^]*重复灌水，没有新的事实/)
  assert.equal((await office.get('/api/objections?state=junk')).body.total, 2)
  const [first = ''] = ids
  assert.equal((await moveObjection(office, first, 'restore', { text: '这件有具体事实' })).status, 200)
  const after = await later(w, '2026-11-17T02:00:00.000Z')
  assert.match((await moveNotice(after, noticeId, 'end')).body.message, /还有 1 件异议/)
  await moveObjection(after, first, 'dismiss', { text: '没有依据' })
  await moveObjection(after, first, 'reply', { text: '感谢监督' })
  assert.equal((await moveNotice(after, noticeId, 'end')).status, 200)
})

test('an absent or wrong handler is changed with a reason, and a conclusion may go back; every step stays readable', async (t) => {
  const { w, noticeId, office } = await posted(t)
  await object(w, noticeId, { ...words, schoolId: w.schoolIds[0] })
  const [id = ''] = await idsOf(office)
  await moveObjection(office, id, 'admit', { text: '已受理' })
  await moveObjection(office, id, 'assign', { handlerId: w.personOf('department') })
  await w.house.database.writer
    .updateTable('account')
    .set({ state: 'disabled' })
    .where('personId', '=', w.personOf('department'))
    .execute()
  w.passDays(0.001)
  assert.ok((await office.get('/api/todo')).text.includes('核查人不在岗，请改派'))
  const handlers = (await office.get('/api/objections/handlers')).body as { personId: string }[]
  assert.ok(!handlers.some((one) => one.personId === w.personOf('department')))
  await grant(w, w.personOf('security'), 'department', w.bureauId)
  const handlerId = w.personOf('security')
  assert.equal((await moveObjection(office, id, 'reassign', { handlerId, reason: '' })).status, 422)
  assert.equal((await moveObjection(office, id, 'reassign', { handlerId, reason: '原核查人已调离' })).status, 200)
  const handler = await w.asPerson(handlerId)
  assert.equal((await moveObjection(handler, id, 'decide', { text: '不属实' })).status, 200)
  assert.equal((await moveObjection(office, id, 'sendBack', { text: '请补查照片' })).status, 200)
  assert.equal((await moveObjection(handler, id, 'decide', { text: '补查后仍不属实' })).status, 200)
  assert.equal((await moveObjection(office, id, 'reply', { text: '经核查不属实。' })).status, 200)
  assert.equal((await moveObjection(office, id, 'amendReply', { text: '经核查，所述不属实，感谢监督。' })).status, 200)
  const [row] = (await office.get('/api/objections')).body.items
  assert.deepEqual(
    row.steps.map((one: { action: string }) => one.action),
    ['受理', '指定核查人', '改派核查人', '作出结论', '退回重查', '作出结论', '答复', '更正答复'],
  )
  assert.ok(row.steps.some((one: { text: string }) => one.text === '经核查不属实。'))
})

test('who leads the zone of the school, made the decision or worked on its score does not check the objection', async (t) => {
  const { w, noticeId, office } = await posted(t)
  await object(w, noticeId, { ...words, schoolId: w.schoolIds[0] })
  const [id = ''] = await idsOf(office)
  await moveObjection(office, id, 'admit', { text: '已受理' })
  const assign = async (handlerId: string) => (await moveObjection(office, id, 'assign', { handlerId })).body.message
  assert.match(await assign(w.personOf('leader')), /是这所学校的分包领导或联系股室人员，请换一位/)
  assert.match(await assign(w.personOf('office')), /经办了这次审定或封存，请换一位/)
  const ties = { worksThere: true, reviewedIt: true, recused: true, contactOf: true }
  const all = { name: '甲', ...ties, decided: true, ofBureau: true }
  assert.equal(againstHandler(all).length, 5, 'every reason at once')
})

test('an objection that is too long comes back whole, with how much has to go', async (t) => {
  const { w, noticeId } = await posted(t)
  const content = '长'.repeat(2_005)
  const { text } = await object(w, noticeId, { content })
  assert.match(text, /不能超过 2000 个字，现在有 2005 个字，请删去 5 个字/)
  assert.ok(text.includes(content))
  assert.doesNotMatch(text, /maxlength="2000"/)
})

test('an anonymous objection with a concrete clue is handled, and told by receipt; a short one is told what is missing', async (t) => {
  const { w, noticeId, office } = await posted(t)
  const anonymous = { name: '', phone: '', content: words.content }
  assert.match((await object(w, noticeId, anonymous)).text, /匿名提出的，请至少写 40 个字/)
  const content =
    '演示异议：四月二十日的主题党日照片与五月三日台账里的是同一组，文件名都一样，可以查原始照片的拍摄时间。'
  const receipt = receiptIn((await object(w, noticeId, { ...anonymous, content })).text)
  const [id = ''] = await idsOf(office)
  await moveObjection(office, id, 'dismiss', { text: '经初查，两次活动的照片不同。' })
  const told = await answerTo(w, receipt)
  assert.match(told, /2026年11月23日以前答复/)
  assert.match(told, /不予受理的理由[^]*经初查，两次活动的照片不同。/)
  await moveObjection(office, id, 'reply', { text: '感谢监督。' })
  assert.match(await answerTo(w, receipt), /已答复[^]*是否受理<\/dt><dd>不予受理[^]*感谢监督/)
})

test('a school that was left out can be named in full, by itself too, and a name that is none is told', async (t) => {
  const { w, noticeId, office } = await posted(t)
  assert.match((await object(w, noticeId, { ...words, leftOut: '没有这所小学' })).text, /没有找到这所学校/)
  assert.match((await object(w, noticeId, { ...words, leftOut: '演示第二小学' })).text, /异议已收到/)
  const [row] = (await office.get('/api/objections')).body.items
  assert.match(row.content, /^认为应当列入的学校：演示第二小学/)
  assert.equal(row.schoolName, null, 'nothing is held against it')
})

test('the school hears that an objection was admitted, is asked in the bureau’s words, answers, and never learns who objected', async (t) => {
  const { w, noticeId, office } = await posted(t)
  await object(w, noticeId, { ...words, schoolId: w.schoolIds[0] })
  const [id = ''] = await idsOf(office)
  const secretary = await w.as('secretary')
  assert.deepEqual((await secretary.get('/api/objections/own')).body, [], 'not before it is admitted')
  await moveObjection(office, id, 'admit', { text: '已受理' })
  assert.equal((await secretary.get('/api/objections/own')).body.length, 1)
  assert.equal((await moveObjection(office, id, 'askSchool', { text: '请说明四月党日照片的来历。' })).status, 200)
  assert.ok((await secretary.get('/api/todo')).text.includes('请说明四月党日照片的来历'))
  const [own] = (await secretary.get('/api/objections/own')).body
  assert.doesNotMatch(JSON.stringify(own), /演示群众|0372|两张照片/)
  const answer = (caller: Caller) =>
    caller.post(`/api/objections/${id}/answer`, { text: '照片由办公室拍摄，附原图。', seen: own.updatedAt })
  assert.equal((await answer(await w.as('secretary', w.schoolIds[1]))).status, 404)
  assert.equal((await answer(secretary)).status, 200)
  assert.equal((await office.get('/api/objections')).body.items[0].schoolAnswer, '照片由办公室拍摄，附原图。')
  assert.ok(!(await secretary.get('/api/todo')).text.includes('请说明四月党日照片的来历'))
})

test('an objection is taken at the end of a year whose next calendar is not entered, without a promised day', async (t) => {
  const { w, noticeId } = await posted(t)
  await rewrite(w, 'notice', noticeId, { endsOn: '2026-12-31' })
  w.setTime('2026-12-25T02:00:00.000Z')
  const receipt = receiptIn((await object(w, noticeId, words)).text)
  assert.doesNotMatch(await answerTo(w, receipt), /以前答复/)
})

test('a receipt has no signs that are mixed up, and is understood however it is typed', () => {
  const receipt = receiptFrom(new Uint8Array(32).map((_, at) => at * 7 + 3))
  assert.match(receipt, /^[34679ACDEFGHJKMNPQRTVWXY]{4}(-[34679ACDEFGHJKMNPQRTVWXY]{4}){3}$/)
  const wide = receipt.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
  for (const typed of [receipt.toLowerCase(), receipt.replaceAll('-', ''), ` ${receipt.replaceAll('-', ' ')} `, wide])
    assert.equal(receiptTyped(typed), receipt)
})

test('a phone number is understood in every usual form, and what is none is told', () => {
  for (const typed of [
    '(0372)0000000',
    '（０３７２）００００００００',
    '0372-0000000 转 12',
    '13800138000',
    '+86 13800138000',
    '138 0013 8000',
  ])
    assert.ok(phoneOf(typed), typed)
  for (const typed of ['+-- 12345', '00000000000', '没有', '12345', '']) assert.equal(phoneOf(typed), undefined, typed)
})
