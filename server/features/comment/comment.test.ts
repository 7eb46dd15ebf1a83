import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personalNumber } from '#domain/comment.ts'
import { makeComment } from '#tests/access/comment.ts'
import { makePublished } from '#tests/access/plan.ts'
import { type World, world } from '#tests/world.ts'

/** Opens the page as a visitor does, reads it for a minute, and sends the form. */
async function say(w: World, planId: string, fields: Record<string, string>, seconds = 60) {
  const { text } = await w.visitor.get(`/plans/${planId}`)
  const drawn = /name="drawn" value="([^"]+)"/.exec(text)?.[1] ?? ''
  w.passDays(seconds / 86_400)
  return w.visitor.form(`/plans/${planId}/comments`, {
    drawn,
    website: '',
    nickname: '',
    relation: 'parent',
    ...fields,
  })
}

const stored = (w: World) => w.house.database.reader.selectFrom('comment').selectAll().execute()

test('a visitor comments without an account or script, the school answers, and both are public', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const sent = await say(w, planId, { nickname: '李家长', content: '希望<b>多</b>开放课堂。' })
  assert.equal(sent.status, 303)
  assert.match((await w.visitor.get(String(sent.headers['location']).split('#')[0] ?? '')).text, /您的意见已经收到/)
  const [comment] = await stored(w)
  // 10 working days after 11 May 2026.
  assert.equal(comment?.dueOn, '2026-05-25')
  const clerk = await w.as('clerk')
  assert.equal((await clerk.post(`/api/comments/${comment?.id}/answer`, { answer: '从六月起每周一次。' })).status, 200)
  const page = await w.visitor.get(`/plans/${planId}`)
  assert.match(page.text, /李家长（家长）/)
  assert.match(page.text, /希望&#60;b&#62;多|希望&lt;b&gt;多/)
  assert.match(page.text, /从六月起每周一次/)
  assert.match(String(page.headers['cache-control']), /public, max-age=60/)
})

test('what is wrong comes back all at once with every word kept', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const content = '请打 138 0013 8000 给我，谢谢！'
  const answer = await say(w, planId, { relation: '', content })
  assert.equal(answer.status, 422)
  assert.match(answer.text, /不要写手机号/)
  assert.match(answer.text, /请选择您的身份/)
  assert.ok(answer.text.includes(content))
  assert.equal((await stored(w)).length, 0)
})

test('a form that comes back at once, with a forged seal or with the hidden field filled is refused', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  assert.equal((await say(w, planId, { content: '太快' }, 1)).status, 429)
  assert.equal((await say(w, planId, { content: '机器', website: 'http://a' })).status, 422)
  assert.equal((await say(w, planId, { content: '伪造', drawn: `${Date.parse('2026-05-11')}.abc` })).status, 422)
  assert.equal((await stored(w)).length, 0)
})

test('a form is good for its own plan and for a day', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const other = await makePublished(w, w.schoolIds[1])
  const { text } = await w.visitor.get(`/plans/${other}`)
  const drawn = /name="drawn" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const elsewhere = await say(w, planId, { content: '别处的表', drawn })
  assert.equal(elsewhere.status, 422)
  assert.match(elsewhere.text, /别处的表/)
  const old = await say(w, planId, { content: '昨天的表' }, 25 * 3600)
  assert.equal(old.status, 422)
  assert.match(old.text, /再按一次提交[^]*昨天的表/)
})

test('two hundred people behind one address may all comment, and the same text only once', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  for (let one = 0; one < 200; one += 1) {
    const answer = await say(w, planId, { content: `第 ${one} 位家长的意见` }, 4)
    assert.equal(answer.status, 303, String(one))
  }
  assert.equal((await say(w, planId, { content: '第 7 位家长的意见' })).status, 409)
  assert.equal((await stored(w)).length, 200)
})

test('without the calendar of the coming year a comment is refused in clear words and kept on the page', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  w.setTime('2026-12-25T02:00:00.000Z')
  const answer = await say(w, planId, { content: '年底的意见' })
  assert.equal(answer.status, 409)
  assert.match(answer.text, /工作日历/)
  assert.ok(answer.text.includes('年底的意见'))
})

test('a comment raced to be answered and hidden is either, with one audit row', async (t) => {
  const w = await world(t)
  const id = await makeComment(w)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const answers = await Promise.all([
    clerk.post(`/api/comments/${id}/answer`, { answer: '好的' }),
    office.post(`/api/comments/${id}/hide`, { reason: '不宜公开' }),
  ])
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select('event')
    .where('event', 'in', ['comment.answer', 'comment.hide'])
    .execute()
  assert.equal(rows.length, 1)
})

test('a hidden comment is gone from the page, which tells how many were hidden', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const id = await makeComment(w, '不宜公开的话', planId)
  await (await w.as('office')).post(`/api/comments/${id}/hide`, { reason: '含人身攻击' })
  const { text } = await w.visitor.get(`/plans/${planId}`)
  assert.doesNotMatch(text, /不宜公开的话/)
  assert.match(text, /另有 1 条/)
})

test('an unanswered comment is overdue after its working days, in the list and only there where it belongs', async (t) => {
  const w = await world(t)
  await makeComment(w)
  const office = await w.as('office')
  assert.equal((await office.get('/api/comments?state=overdue')).body.total, 0)
  w.setTime('2026-05-26T02:00:00.000Z')
  const fresh = await w.as('office')
  const { body } = await fresh.get('/api/comments?state=overdue')
  assert.deepEqual([body.total, body.items[0].overdue], [1, true])
  const other = await w.as('clerk', w.schoolIds[1])
  assert.equal((await other.get('/api/comments')).body.total, 0)
})

test('a list of three comments issues as many queries as a list of one', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const office = await w.as('office')
  const measure = async () => {
    w.queries.count = 0
    await office.get('/api/comments')
    return w.queries.count
  }
  await makeComment(w, '一', planId)
  const one = await measure()
  await makeComment(w, '二', planId)
  await makeComment(w, '三', planId)
  assert.equal(await measure(), one)
})

test('phone and identity numbers are recognised however they are spaced, other numbers are not', () => {
  assert.equal(personalNumber('１３８００１３８０００'), '手机号')
  assert.equal(personalNumber('138-0013-8000'), '手机号')
  assert.equal(personalNumber('41052219900101123X'), '身份证号')
  assert.equal(personalNumber('2026 年 5 月共 1200 人，0372-1234567'), undefined)
})
