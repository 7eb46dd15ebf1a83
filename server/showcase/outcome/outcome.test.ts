import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  confer,
  confirmDecision,
  conferred,
  decide,
  decision,
  draft,
  later,
  moveNotice,
  revoke,
  sealed,
} from '#tests/world/award.ts'

test('how a year ended stands on a page of its own, linked from its notice, the list of notices and the front page', async (t) => {
  const { w, number, noticeId } = await conferred(t)
  const { text, status } = await w.visitor.get('/outcomes/2026')
  assert.equal(status, 200)
  assert.match(text, /2026 年度命名表彰结果/)
  assert.match(text, /发文字号：演示教党〔2026〕12号，授予日期：2026年11月17日/)
  assert.match(text, /演示第一小学/)
  assert.ok(text.includes(`href="/verify/${number}"`))
  assert.doesNotMatch(text, /演示第二小学|名次|得分/)
  for (const path of [`/notices/${noticeId}`, '/notices', '/'])
    assert.ok((await w.visitor.get(path)).text.includes('href="/outcomes/2026"'), path)
})

test('a name that was taken back since is marked with the reason, and no longer counted', async (t) => {
  const { w, office, award } = await conferred(t)
  assert.equal((await revoke(w, office, award.id, '材料不实')).status, 200)
  const { text } = await w.visitor.get('/outcomes/2026')
  assert.match(text, /已撤销/)
  assert.match(text, /理由：材料不实/)
  assert.match(text, /已授予 0 所学校/)
})

test('a year of showing results is listed by stage, without grade, certificate or place', async (t) => {
  const { w, office, resultId, applications } = await sealed(t, 'showcase')
  assert.equal((await decide(office, resultId, decision([applications[0]]))).status, 200)
  await confirmDecision(w)
  const notice = await draft(office)
  await moveNotice(office, notice, 'post')
  assert.equal((await w.visitor.get('/outcomes/2026')).status, 404)
  const after = await later(w, '2026-11-16T16:00:00.000Z')
  await moveNotice(after, notice, 'end')
  assert.equal((await confer(after)).status, 200)
  const { text } = await w.visitor.get('/outcomes/2026')
  assert.match(text, /2026 年度成果展示名单/)
  assert.match(text, /小学（1 所）/)
  const inside = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? ''
  assert.doesNotMatch(inside, /证书|授予|表彰|成果奖|荣誉|名次/)
})

test('no year without a public outcome has such a page, whatever is asked', async (t) => {
  const { w } = await sealed(t)
  for (const year of ['2026', '2025', 'x', '20261', '2026%00', "2026'"])
    assert.equal((await w.visitor.get(`/outcomes/${year}`)).status, 404, year)
  assert.ok(!(await w.visitor.get('/')).text.includes('/outcomes/'))
})

test('the page of a year asks the database as often for many schools as for one', async (t) => {
  const { w } = await conferred(t)
  const asked = async () => {
    const before = w.queries.count
    assert.equal((await w.visitor.get(`/outcomes/2026?n=${before}`)).status, 200)
    return w.queries.count - before
  }
  const one = await asked()
  const db = w.house.database.writer
  const award = await db.selectFrom('award').selectAll().executeTakeFirstOrThrow()
  w.expectBreaches()
  for (const schoolId of w.schoolIds.slice(1)) {
    const serial = w.schoolIds.indexOf(schoolId) + 8
    await db
      .insertInto('award')
      .values({ ...award, id: crypto.randomUUID(), schoolId, certificateNumber: `YXYP-2026-000${serial}` })
      .execute()
  }
  w.passDays(0.001)
  // A row that lacks its seal is named with its school, which asks once more for each; sealed rows ask nothing.
  assert.ok((await asked()) <= one + 2 * (w.schoolIds.length - 1))
})
