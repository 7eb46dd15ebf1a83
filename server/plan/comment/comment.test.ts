import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personalNumber, reasonsToHold } from '#domain/plan/commentWords.ts'
import { againstComment } from '#domain/plan/comment.ts'
import { secondsToWait } from '#domain/base/publicForm.ts'
import { makeComment, sendComment } from '#tests/everywhere/access/comment.ts'
import { makePublished } from '#tests/everywhere/access/plan.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'

const drawnIn = (text: string): string => /name="drawn" value="([^"]+)"/.exec(text)?.[1] ?? ''

/** Opens the form as a visitor does, reads it for a minute, and sends it. */
async function say(w: World, planId: string, fields: Record<string, string>, seconds = 60) {
  const drawn = drawnIn((await w.visitor.get(`/plans/${planId}/comments`)).text)
  w.passDays(seconds / 86_400)
  const form = { drawn, website: '', nickname: '', relation: 'parent', ...fields }
  return w.visitor.form(`/plans/${planId}/comments`, form)
}

const stored = (w: World) => w.house.database.reader.selectFrom('comment').selectAll().orderBy('id').execute()
const receiptIn = (headers: Record<string, unknown>): string =>
  /\/comments\/([A-Z0-9]{12})/.exec(String(headers['location']))?.[1] ?? ''
const judge = (caller: Caller, ids: string[], judgement: string, reason = '') =>
  caller.post('/api/comments/judge', { ids, judgement, reason })

/** Comments of this year appear at once, unless a text needs a look. */
async function showAtOnce(w: World): Promise<void> {
  const { writer } = w.house.database
  const { settings } = await writer.selectFrom('cycle').select('settings').executeTakeFirstOrThrow()
  const changed = JSON.stringify({ ...JSON.parse(settings), commentsFirstJudged: false })
  await writer.updateTable('cycle').set({ settings: changed }).execute()
}

test('a visitor comments without an account or script, the office shows it, the school answers, and both are public', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const sent = await say(w, planId, { nickname: '李家长', content: '希望<b>多</b>开放课堂。' })
  assert.equal(sent.status, 303)
  const [comment] = await stored(w)
  assert.deepEqual([comment?.state, comment?.dueOn], ['judging', null])
  assert.doesNotMatch((await w.visitor.get(`/plans/${planId}`)).text, /开放课堂/)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  assert.equal((await clerk.post(`/api/comments/${comment?.id}/answer`, { answer: '早了' })).status, 409)
  assert.equal((await judge(office, [comment?.id ?? ''], 'show')).status, 200)
  // 10 working days after 11 May 2026.
  assert.equal((await stored(w))[0]?.dueOn, '2026-05-25')
  assert.equal((await clerk.post(`/api/comments/${comment?.id}/answer`, { answer: '从六月起每周一次。' })).status, 200)
  const page = await w.visitor.get(`/plans/${planId}`)
  assert.match(page.text, /李家长（自称家长）/)
  assert.match(page.text, /希望&#60;b&#62;多|希望&lt;b&gt;多/)
  assert.match(page.text, /从六月起每周一次/)
})

test('nobody speaks to a kindergarten as a pupil, and everybody else finds the own word', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const words = async () => (await w.visitor.get(`/plans/${planId}/comments`)).text
  for (const word of ['教师', '学生', '家长', '社会公众']) assert.match(await words(), new RegExp(`>${word}<`))
  await w.house.database.writer.updateTable('school').set({ stage: '幼儿园' }).execute()
  assert.doesNotMatch(await words(), />学生</)
  assert.match(await words(), />家长</)
})

test('the visitor lands on the own words marked as waiting, with a receipt by which to follow and to withdraw them', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const sent = await say(w, planId, { content: '希望延时服务更丰富。' })
  const receipt = receiptIn(sent.headers)
  const page = await w.visitor.get(String(sent.headers['location']))
  assert.match(page.text, /data-focus[^]*谢谢，您的意见已经收到[^]*待审核[^]*希望延时服务更丰富/)
  assert.match(page.text, new RegExp(`${receipt.slice(0, 4)}-${receipt.slice(4, 8)}-${receipt.slice(8)}`))
  assert.equal(page.headers['cache-control'], 'no-store')
  const typed = ` ${receipt.slice(0, 6).toLowerCase()} ${receipt.slice(6)}`
  const found = await w.visitor.get(`/comments?receipt=${encodeURIComponent(typed)}`)
  assert.deepEqual([found.status, found.headers['location']], [303, `/comments/${receipt}`])
  const [comment] = await stored(w)
  await judge(await w.as('office'), [comment?.id ?? ''], 'hide', '点名批评了一名学生')
  assert.match((await w.visitor.get(`/comments/${receipt}`)).text, /没有公开显示，理由：点名批评了一名学生/)
  await judge(await w.as('office'), [comment?.id ?? ''], 'restore', '已核实，没有点名')
  assert.equal((await w.visitor.form(`/comments/${receipt}/withdraw`, {})).status, 303)
  assert.match((await w.visitor.get(`/comments/${receipt}`)).text, /您已撤回/)
  assert.doesNotMatch((await w.visitor.get(`/plans/${planId}`)).text, /延时服务/)
  assert.equal((await w.visitor.get('/comments/AAAA')).status, 404)
})

test('what is wrong comes back all at once with every word kept, and the focus on the mistakes', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const content = '请打 138 0013 8000 给我，谢谢！'
  const answer = await say(w, planId, { relation: '', content })
  assert.equal(answer.status, 422)
  assert.match(answer.text, /不要写手机号/)
  assert.match(answer.text, /请选择您的身份/)
  assert.ok(answer.text.includes(content))
  assert.match(answer.text, /class="mistakes"[^>]*data-focus/)
  assert.doesNotMatch(answer.text, /action="[^"]*#/)
  assert.equal((await stored(w)).length, 0)
})

test('a form that comes back at once, with a forged seal or with the hidden field filled is refused', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  assert.equal((await say(w, planId, { content: '太快' }, 1)).status, 429)
  assert.equal((await say(w, planId, { content: '机器', website: 'http://a' })).status, 422)
  assert.equal((await say(w, planId, { content: '伪造', drawn: `${Date.parse('2026-05-11')}.abc.abc` })).status, 422)
  assert.equal((await stored(w)).length, 0)
})

test('one form is one comment: sent twice it has one receipt, with other words it is asked to be sent anew', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const drawn = drawnIn((await w.visitor.get(`/plans/${planId}/comments`)).text)
  const first = await say(w, planId, { drawn, content: '第一条' })
  const again = await say(w, planId, { drawn, content: '第一条' })
  assert.equal(first.headers['location'], again.headers['location'])
  const { audited } = await w.house.database.reader
    .selectFrom('auditRow')
    .select((eb) => eb.fn.countAll<number>().as('audited'))
    .where('event', '=', 'comment.repeated')
    .executeTakeFirstOrThrow()
  assert.equal(Number(audited), 0, 'one form pressed for ever fills no audit')
  const other = await say(w, planId, { drawn, content: '第二条' })
  assert.equal(other.status, 409)
  assert.match(other.text, /再按一次提交[^]*第二条/)
  assert.notEqual(drawnIn(other.text), drawn)
  assert.equal((await stored(w)).length, 1)
})

test('a form is good for its own plan and for a day', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const other = await makePublished(w, w.schoolIds[1])
  const drawn = drawnIn((await w.visitor.get(`/plans/${other}/comments`)).text)
  const elsewhere = await say(w, planId, { content: '别处的表', drawn })
  assert.equal(elsewhere.status, 422)
  assert.match(elsewhere.text, /别处的表/)
  const old = await say(w, planId, { content: '昨天的表' }, 25 * 3600)
  assert.equal(old.status, 422)
  assert.match(old.text, /再按一次提交[^]*昨天的表/)
  assert.equal((await say(w, planId, { content: '昨天的表', drawn: drawnIn(old.text) })).status, 303)
})

test('whoever was writing while the plan was closed is told so and keeps every word', async (t) => {
  const w = await world(t)
  w.expectBreaches()
  const planId = await makePublished(w)
  const drawn = drawnIn((await w.visitor.get(`/plans/${planId}/comments`)).text)
  await w.house.database.writer.updateTable('plan').set({ state: 'closed' }).where('id', '=', planId).execute()
  const answer = await say(w, planId, { drawn, content: '写了半个小时的话' })
  assert.equal(answer.status, 409)
  assert.match(answer.text, /不再接收意见[^]*写了半个小时的话/)
})

test('many from one address wait longer and every one of them gets in; what comes as a crowd is judged first', async (t) => {
  const w = await world(t)
  await showAtOnce(w)
  const planId = await makePublished(w)
  for (let one = 0; one < 62; one += 1) {
    const drawn = drawnIn((await w.visitor.get(`/plans/${planId}/comments`)).text)
    let answer = await say(w, planId, { content: `第 ${one} 位家长的意见`, drawn }, 4)
    if (one > 30) {
      assert.equal(answer.status, 429, String(one))
      assert.match(answer.text, /请等 \d+ (秒|分钟)再按一次提交/)
      assert.equal(drawnIn(answer.text), drawn)
      answer = await say(w, planId, { content: `第 ${one} 位家长的意见`, drawn }, 90)
    }
    assert.equal(answer.status, 303, String(one))
  }
  const rows = await stored(w)
  assert.equal(rows.length, 62)
  assert.deepEqual([rows[0]?.state, rows.at(-1)?.state], ['received', 'judging'])
  assert.ok(secondsToWait(100_000) <= 120)
})

test('where comments appear at once, abuse, numbers in any writing, links and repeated words wait for a judgement', async (t) => {
  const w = await world(t)
  await showAtOnce(w)
  const planId = await makePublished(w)
  const waiting = [
    '校长贪污受贿',
    '你们都是傻 X',
    '联系电话一三八〇零一三八零零零',
    '办公室０３７２－１２３４５６７',
    '加微信 abc_12345',
    'QQ：12345678',
    '请看 www.example.com',
  ]
  for (const content of ['食堂饭菜很好', ...waiting]) assert.equal((await say(w, planId, { content })).status, 303)
  assert.equal((await say(w, planId, { content: '食堂 饭菜，很好！' })).status, 303)
  const rows = await stored(w)
  const states = Object.fromEntries(rows.map((one) => [one.content, one.state]))
  assert.equal(states['食堂饭菜很好'], 'received')
  assert.equal(states['食堂 饭菜，很好！'], 'judging')
  for (const content of waiting) assert.equal(states[content], 'judging', content)
  const page = (await w.visitor.get(`/plans/${planId}`)).text
  for (const content of waiting) assert.ok(!page.includes(content), content)
  const [shown] = rows
  const clerk = await w.as('clerk')
  assert.equal((await clerk.post(`/api/comments/${shown?.id}/report`, { reason: '像是灌水' })).status, 200)
  await judge(await w.as('office'), [shown?.id ?? ''], 'show')
  assert.equal((await clerk.post(`/api/comments/${shown?.id}/report`, { reason: '还是灌水' })).status, 409)
})

test('the office judges many at once with one reason, all of them or none', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const ids: string[] = []
  for (const content of ['一', '二', '三']) ids.push((await sendComment(w, content, planId)).id)
  const office = await w.as('office')
  assert.equal((await judge(office, ids, 'junk')).status, 422)
  assert.equal((await judge(office, ids, 'junk', '灌水')).body.count, 3)
  const [first = '', ...rest] = ids
  assert.equal((await judge(office, [first], 'restore', '不是灌水')).status, 200)
  const refused = await judge(office, ids, 'restore', '都恢复')
  assert.equal(refused.status, 409)
  assert.deepEqual(
    (await stored(w)).map((one) => one.state),
    ['received', ...rest.map(() => 'junk')],
  )
  assert.equal((await judge(await w.as('clerk'), [first], 'hide', '不想看')).status, 403)
})

test('an answered comment is hidden with a reason and comes back as answered', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const id = await makeComment(w, '不宜公开的话', planId)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  await clerk.post(`/api/comments/${id}/answer`, { answer: '已处理' })
  assert.equal((await judge(office, [id], 'hide', '含人身攻击')).status, 200)
  const { text } = await w.visitor.get(`/plans/${planId}`)
  assert.doesNotMatch(text, /不宜公开的话|已处理/)
  assert.match(text, /另有 1 条/)
  assert.equal((await judge(office, [id], 'restore', '点错了')).status, 200)
  assert.equal((await stored(w))[0]?.state, 'answered')
  assert.match((await w.visitor.get(`/plans/${planId}`)).text, /不宜公开的话[^]*已处理/)
})

test('an answer is corrected by who has seen the one that stands, and the one before is kept', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const id = await makeComment(w, '几点放学？', planId)
  const clerk = await w.as('clerk')
  await clerk.post(`/api/comments/${id}/answer`, { answer: '五点' })
  const { answeredAt } = (await clerk.get('/api/comments')).body.items[0]
  w.passDays(1)
  const fresh = await w.as('clerk')
  const url = `/api/comments/${id}/answer`
  assert.equal((await fresh.put(url, { answer: '六点', seen: answeredAt })).status, 200)
  assert.equal((await fresh.put(url, { answer: '七点', seen: answeredAt })).status, 409)
  const { answer, earlier } = (await fresh.get('/api/comments')).body.items[0]
  assert.deepEqual([answer, earlier.map((one: { answer: string }) => one.answer)], ['六点', ['五点']])
  assert.match((await w.visitor.get(`/plans/${planId}`)).text, /六点[^]*更正/)
})

test('a comment hidden when it was overdue stays in the count until the school answers it; junk and what is judged never count', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const ids = [await makeComment(w, '甲', planId), await makeComment(w, '乙', planId)]
  const early = await makeComment(w, '丙', planId)
  await judge(await w.as('office'), [early], 'hide', '泄露隐私')
  await sendComment(w, '丁', planId)
  const count = async () => {
    const office = await w.as('office')
    const [list, home] = [await office.get('/api/comments?state=overdue'), await office.get('/api/overview')]
    const figure = home.body.figures.find((one: { label: string }) => one.label === '逾期未答复意见')
    assert.equal(String(list.body.total), figure.value)
    return list.body.total
  }
  assert.equal(await count(), 0)
  w.setTime('2026-05-26T02:00:00.000Z')
  assert.equal(await count(), 2)
  await judge(await w.as('office'), [ids[0] ?? ''], 'hide', '含人身攻击')
  assert.equal(await count(), 2)
  await judge(await w.as('office'), [ids[1] ?? ''], 'junk', '灌水')
  assert.equal(await count(), 1)
  const clerk = await w.as('clerk')
  assert.equal((await clerk.post(`/api/comments/${ids[0]}/answer`, { answer: '已当面说明。' })).status, 200)
  assert.equal(await count(), 0)
  await judge(await w.as('office'), [early], 'restore', '已隐去姓名')
  assert.equal(await count(), 0)
  const other = await w.as('clerk', w.schoolIds[1])
  assert.equal((await other.get('/api/comments')).body.total, 0)
})

test('before the coming year’s calendar is entered a comment is taken, and its day is computed when it is', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  w.setTime('2026-12-25T02:00:00.000Z')
  const sent = await say(w, planId, { content: '年底的意见' })
  assert.equal(sent.status, 303)
  const [comment] = await stored(w)
  const office = await w.as('office')
  await judge(office, [comment?.id ?? ''], 'show')
  assert.equal((await stored(w))[0]?.dueOn, null)
  assert.match((await w.visitor.get(`/plans/${planId}`)).text, /待新一年工作日历公布后算出/)
  const days = (month: string, count: number) => Array.from({ length: count }, (_, at) => `2027-${month}-0${at + 1}`)
  const holidays = [...days('01', 3), ...days('05', 5), ...days('10', 7)]
  const year = { holidays, makeUpDays: [], source: '放假通知' }
  const entered = await office.put('/api/calendar/2027', year)
  assert.equal(entered.status, 200, entered.text)
  // 28–31 December are four working days, 4–8 January five, the 11th is the tenth.
  assert.equal((await stored(w))[0]?.dueOn, '2027-01-11')
})

test('a comment raced to be answered and hidden is either, with one audit row', async (t) => {
  const w = await world(t)
  const id = await makeComment(w)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const answers = await Promise.all([
    clerk.post(`/api/comments/${id}/answer`, { answer: '好的' }),
    judge(office, [id], 'hide', '不宜公开'),
  ])
  assert.ok(answers.some((one) => one.status === 200))
  assert.ok(answers.every((one) => one.status === 200 || one.status === 409))
  const rows = await w.house.database.reader
    .selectFrom('auditRow')
    .select('event')
    .where('event', 'in', ['comment.answer', 'comment.hide'])
    .execute()
  assert.equal(rows.length, answers.filter((one) => one.status === 200).length)
})

test('the public page shows every comment, fifty to a page', async (t) => {
  const w = await world(t)
  const planId = await makePublished(w)
  const ids: string[] = []
  for (let at = 0; at < 60; at += 1) {
    ids.push((await sendComment(w, `意见之${at}。`, planId)).id)
    w.passDays(1 / 1440)
  }
  const office = await w.as('office')
  await judge(office, ids, 'show')
  const [first, second] = [await w.visitor.get(`/plans/${planId}`), await w.visitor.get(`/plans/${planId}?page=2`)]
  assert.match(first.text, /意见建议和答复（60）/)
  for (let at = 0; at < 60; at += 1)
    assert.equal((at >= 10 ? first : second).text.includes(`意见之${at}。`), true, String(at))
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

test('praise, criticism, years and counts are not held', () => {
  for (const text of [
    '食堂的饭菜太咸，希望改进。',
    '二〇二六年五月共有一千二百人参加，2026 年 12 月 31 日截止。',
    '一二三年级的孩子放学太晚。',
    '校长很负责，老师也好。',
  ])
    assert.deepEqual(reasonsToHold(text), [], text)
})

test('a nickname claims no office, and what people see as one character counts as one', () => {
  const typed = { relation: 'parent', content: '好' }
  for (const nickname of ['校长本人', '教育局', '王 书 记'])
    assert.equal(againstComment({ ...typed, nickname })[0]?.field, 'nickname', nickname)
  assert.deepEqual(againstComment({ ...typed, nickname: '三年级家长' }), [])
  const family = '👨‍👩‍👧‍👦'
  assert.deepEqual(againstComment({ ...typed, nickname: '', content: family.repeat(1000) }), [])
  assert.match(
    againstComment({ ...typed, nickname: '', content: family.repeat(1001) })[0]?.message ?? '',
    /现在有 1001/,
  )
})

test('signs that nobody sees hide no number, no abuse and no office from the rules of public words', () => {
  for (const between of ['\u200b', '\u200d', '\u2060', '\u00ad', '\ufe0f\u20e3', '\u0332', '\u3164', '\u2800']) {
    const parted = (text: string) => [...text].join(between)
    assert.equal(personalNumber(parted('13800138000')), '手机号', between)
    assert.equal(personalNumber(parted('41052219900101123X')), '身份证号', between)
    assert.deepEqual(reasonsToHold(parted('滚蛋')), ['可能含辱骂或指控'], between)
    assert.deepEqual(reasonsToHold(parted('0372-1234567')), ['含号码'], between)
    const typed = { relation: 'parent', content: '好', nickname: parted('校长') }
    assert.equal(againstComment(typed)[0]?.field, 'nickname', between)
  }
  assert.equal(personalNumber('👨‍👩‍👧 2026 年'), undefined)
})

test('joined letters count each for itself, and no character is a tower over the page', () => {
  const typed = { relation: 'parent', nickname: '' }
  const reasons = (content: string) => againstComment({ ...typed, content }).map((one) => one.message)
  assert.match(reasons('长\u200d'.repeat(1_001)).join(), /现在有 1001/)
  assert.deepEqual(reasons('长\u200d'.repeat(1_000)), [])
  assert.match(reasons(`好${'\u0489'.repeat(40)}`).join(), /符号太多/)
  assert.match(reasons('\u3164\u3164').join(), /请写下意见或建议/)
  assert.deepEqual(reasons('nǐ hǎo，e\u0301，กำลัง'), [])
})
