import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftedApplication, highlights } from '#tests/world/application.ts'
import { sha256 } from '#server/kernel/work.ts'
import { world } from '#tests/world/world.ts'

test('what was returned after the window can be handed in again until the day that the return gave it, and not a day later', async (t) => {
  const w = await world(t)
  const { id } = await draftedApplication(w)
  w.setTime('2026-10-31T02:00:00.000Z')
  const secretary = await w.as('secretary')
  assert.equal((await secretary.post(`/api/applications/${id}/submit`)).status, 200)
  w.setTime('2026-11-03T02:00:00.000Z')
  const office = await w.as('office')
  assert.equal((await office.get(`/api/applications/${id}`)).body.returnNeedsDay, true, 'the office is told before')
  const back = (until?: string) => office.post(`/api/applications/${id}/return`, { reason: '请补充测评说明', until })
  const dead = await back()
  assert.equal(dead.status, 422)
  assert.match(dead.body.reasons[0].message, /申报已于2026年10月31日截止。请给这所学校定一个补充材料的最后日期/)
  assert.equal((await back('2026-11-02')).status, 422)
  assert.equal((await back('2026-11-06')).status, 200)
  const told = await w.as('secretary')
  assert.equal((await told.get('/api/applications/own')).body.completeUntil, '2026-11-06')
  const { items } = (await told.get('/api/todo')).body
  assert.equal(items.find((one: { kind: string }) => one.kind === 'applicationReturned')?.dueDate, '2026-11-06')
  w.setTime('2026-11-06T16:00:00.000Z')
  const late = await (await w.as('secretary')).post(`/api/applications/${id}/submit`)
  assert.match(late.body.message, /申报已于2026年11月6日截止/)
  w.setTime('2026-11-06T15:59:59.000Z')
  assert.equal((await (await w.as('secretary')).post(`/api/applications/${id}/submit`)).status, 200)
  const audit = await w.house.database.reader
    .selectFrom('auditRow')
    .select('detail')
    .where('event', '=', 'application.return')
    .executeTakeFirstOrThrow()
  assert.match(audit.detail, /2026-11-06/)
})

test('the secretary reads before submitting exactly what will be frozen, and submits that or nothing', async (t) => {
  const w = await world(t)
  const { id } = await draftedApplication(w)
  const secretary = await w.as('secretary')
  const shown = (await secretary.get(`/api/applications/${id}/dossier`)).body
  assert.equal(shown.frozen, false)
  assert.equal(sha256(shown.text), shown.digest)
  assert.equal((await (await w.as('office')).get(`/api/applications/${id}/dossier`)).body.text, null, 'not yet theirs')
  const clerk = await w.as('clerk')
  const brand = (await clerk.get(`/api/schools/${w.schoolIds[0]}/brand`)).body.brand
  await w.house.database.writer.updateTable('brand').set({ slogan: '换了的口号' }).where('id', '=', brand.id).execute()
  const other = await secretary.post(`/api/applications/${id}/submit`, { shown: shown.digest })
  assert.equal(other.status, 409)
  assert.match(other.body.message, /申报材料刚才有改动，请看过最新内容再提交/)
  const again = (await secretary.get(`/api/applications/${id}/dossier`)).body
  const done = await secretary.post(`/api/applications/${id}/submit`, { shown: again.digest })
  assert.equal(done.status, 200, done.text)
  assert.equal(done.body.digest, again.digest)
})

test('school and office open the frozen dossier afterwards, also the one that was returned', async (t) => {
  const w = await world(t)
  const { id, entryIds } = await draftedApplication(w)
  const [secretary, clerk, office] = [await w.as('secretary'), await w.as('clerk'), await w.as('office')]
  const first = (await secretary.post(`/api/applications/${id}/submit`)).body.digest
  for (const caller of [secretary, clerk, office, await w.as('leader')]) {
    const { body } = await caller.get(`/api/applications/${id}/dossier`)
    assert.deepEqual([body.frozen, body.digest, sha256(body.text)], [true, first, first])
  }
  await office.post(`/api/applications/${id}/return`, { reason: '请再写具体些' })
  const { updatedAt } = (await clerk.get(`/api/applications/${id}`)).body
  await clerk.put(`/api/applications/${id}`, { highlights: `${highlights}补充。`, entryIds, updatedAt })
  const second = (await secretary.post(`/api/applications/${id}/submit`)).body.digest
  assert.notEqual(second, first)
  const { versions } = (await office.get(`/api/applications/${id}/dossier`)).body
  assert.deepEqual(
    versions.map((one: { digest: string; returned: string }) => [one.digest, one.returned]),
    [[first, '请再写具体些']],
  )
  const earlier = (await office.get(`/api/applications/${id}/dossier?version=${versions[0].version}`)).body
  assert.equal(sha256(earlier.text), first)
})
