import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conferred, confer, ended, namingSeen, revoke } from '#tests/world/award.ts'
import type { Caller } from '#tests/world/world.ts'

const awardOf = async (office: Caller) => (await office.get('/api/naming')).body.awards[0]
const wishes = async (caller: Caller) => (await caller.get('/api/revocations')).body

test('rule 19: one person asks to revoke and another confirms; until then nothing changes anywhere', async (t) => {
  const { w, office, award, number } = await conferred(t)
  const ask = () => office.post(`/api/awards/${award.id}/revoke`, { reason: '材料不实', seen: award.updatedAt })
  assert.equal((await ask()).status, 200)
  assert.match((await ask()).body.message, /已经有人提出/)
  assert.match((await w.visitor.get(`/verify/${number}`)).text, /证书真实有效/)
  const [wish] = await wishes(office)
  const own = await office.post(`/api/revocations/${wish.id}/decide`, { action: 'confirm' })
  assert.equal(own.status, 403)
  assert.match(own.body.message, /不能自己确认/)
  const leader = await w.as('leader')
  assert.ok((await leader.get('/api/todo')).text.includes('待确认撤销：演示第一小学'))
  assert.equal((await leader.post(`/api/revocations/${wish.id}/decide`, { action: 'confirm' })).status, 200)
  assert.equal((await leader.post(`/api/revocations/${wish.id}/decide`, { action: 'confirm' })).status, 409)
  assert.match((await w.visitor.get(`/verify/${number}`)).text, /证书已撤销/)
})

test('a wish to revoke that was a mistake is dropped, and one on an older screen does nothing', async (t) => {
  const { office, award } = await conferred(t)
  const ask = (seen: string) => office.post(`/api/awards/${award.id}/revoke`, { reason: '点错了', seen })
  assert.equal((await ask('2020-01-01T00:00:00.000Z')).status, 409)
  assert.equal((await ask(award.updatedAt)).status, 200)
  const [wish] = await wishes(office)
  assert.equal((await office.post(`/api/revocations/${wish.id}/decide`, { action: 'drop' })).status, 200)
  assert.equal((await awardOf(office)).state, 'conferred')
  assert.equal((await ask(award.updatedAt)).status, 200)
})

test('everything that shows an award knows that it was revoked, and every count agrees', async (t) => {
  const { w, office, award, number, noticeId, applications } = await conferred(t)
  await revoke(w, office, award.id, '材料不实，经核查撤销。')
  const secretary = await w.as('secretary')
  const certificate = await secretary.get(`/certificates/${number}`)
  assert.match(certificate.text, /certificate-revoked.*已撤销：材料不实，经核查撤销。/s)
  const [own] = (await secretary.get('/api/awards/own')).body
  assert.deepEqual([own.state, own.valid, own.revokedReason], ['revoked', false, '材料不实，经核查撤销。'])
  const list = (await office.get('/api/applications')).body.items as { id: string; state: string }[]
  assert.equal(list.find((one) => one.id === applications[0])?.state, 'revoked')
  const notice = await w.visitor.get(`/notices/${noticeId}`)
  assert.match(notice.text, /演示第一小学.*已撤销.*撤销理由：材料不实，经核查撤销。/s)
  assert.match(notice.text, /发文字号：演示教党〔2026〕12号/)
  const naming = (await office.get('/api/naming')).body
  assert.equal(naming.quota.held, 0)
  assert.equal((await office.get('/api/applications?state=awarded')).body.total, 0)
  assert.doesNotMatch((await w.visitor.get('/brands')).text, /年成果奖/)
})

test('a revocation that was wrong is undone by two people while the award would be valid, and the certificate counts again', async (t) => {
  const { w, office, award, number, applications } = await conferred(t)
  await revoke(w, office, award.id, '点错了学校')
  const { updatedAt: seen } = await awardOf(office)
  const asked = await office.post(`/api/awards/${award.id}/restore`, { reason: '撤错了', seen })
  assert.equal(asked.status, 200, asked.text)
  const leader = await w.as('leader')
  const wish = (await wishes(leader)).find((one: { outcome: string }) => one.outcome === 'asked')
  assert.equal((await leader.post(`/api/revocations/${wish.id}/decide`, { action: 'confirm' })).status, 200)
  assert.match((await w.visitor.get(`/verify/${number}`)).text, /证书真实有效/)
  const row = await w.house.database.reader
    .selectFrom('application')
    .select('state')
    .where('id', '=', applications[0])
    .executeTakeFirstOrThrow()
  assert.equal(row.state, 'awarded')
  assert.equal((await wishes(leader)).length, 2, 'both stay on record')
})

test('the number of the document, the day and the issuer are corrected for the whole batch, with the earlier version told', async (t) => {
  const { office, w } = await ended(t)
  await confer(office, {
    documentNumber: '演示〔2026〕21号',
    conferredOn: '2026-11-17',
    issuer: '中共演示区教育局党组',
  })
  const award = await awardOf(office)
  const amend = (more: object) =>
    office.post(`/api/awards/${award.id}/amend`, {
      documentNumber: '演示〔2026〕12号',
      conferredOn: '2026-11-17',
      reason: '文号录反',
      seen: award.updatedAt,
      ...more,
    })
  assert.match((await amend({ conferredOn: '2026-11-16' })).body.message, /公示截止日2026年11月16日之后/)
  assert.match((await amend({ conferredOn: '2027-01-01' })).body.message, /不能晚于今天/)
  assert.deepEqual((await amend({})).body, { amended: 1 })
  const { text } = await w.visitor.get(`/verify/${award.certificateNumber}`)
  assert.match(text, /证书真实有效/)
  assert.match(text, /演示〔2026〕12号/)
  assert.match(text, /更正，理由：文号录反。更正前：演示〔2026〕21号/)
  assert.match(text, /颁发单位<\/dt><dd>中共演示区教育局党组/)
})

test('a certificate whose record was touched is neither called genuine nor printed, and the check names its number and time', async (t) => {
  const { w, number } = await conferred(t)
  const page = async () => (await w.visitor.get(`/verify/${number}`)).text
  assert.match(await page(), /证书编号<\/dt><dd>YXYP-2026-0001/)
  assert.match(await page(), /查验时间：2026年11月17日 00:0/)
  w.expectBreaches()
  const row = await w.house.database.reader.selectFrom('award').select('certificate').executeTakeFirstOrThrow()
  await w.house.database.writer
    .updateTable('award')
    .set({ certificate: (row.certificate ?? '').replace('2029', '2039') })
    .execute()
  assert.match(await page(), /暂时不能查验/)
  assert.equal((await (await w.as('secretary')).get(`/certificates/${number}`)).status, 409)
  assert.ok(await namingSeen(await w.as('office')))
})
