import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { freezeEntries, thawEntries } from '#server/ledger/entry/actions.ts'
import { listLedgerTodos } from '#server/ledger/entry/views.ts'
import { ledgerFacts } from '#server/ledger/figures/queries.ts'
import { lookAround } from '#server/kernel/work.ts'
import { ledgerEntry } from '#tests/world/ledger.ts'
import { type World, world } from '#tests/world/world.ts'

const typed = { title: '读书会', happenedOn: '2026-05-09', pillar: 'activity' }

test('a clerk saves and files an entry in one call with nothing but title, date and pillar', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const made = await clerk.post('/api/ledger/entries', { ...typed, file: true })
  assert.equal(made.status, 200, made.text)
  assert.deepEqual([made.body.state, made.body.warnings], ['filed', []])
  const entry = await clerk.get(`/api/ledger/entries/${made.body.id}`)
  assert.deepEqual(
    [entry.body.title, entry.body.state, entry.body.late, entry.body.filedByName, Object.keys(entry.body.moves)],
    ['读书会', 'filed', false, '演示clerk:' + w.schoolIds[0], ['correct', 'void']],
  )
  assert.deepEqual(entry.body.moves.correct, [])
})

test('an entry that the phone sends again under the same id is kept once', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const body = { ...typed, id: randomUUID(), file: true }
  const answers = await Promise.all([1, 2, 3].map(() => clerk.post('/api/ledger/entries', body)))
  assert.deepEqual(
    answers.map((one) => [one.status, one.body.id, one.body.state]),
    answers.map(() => [200, body.id, 'filed']),
  )
  assert.equal((await clerk.get('/api/ledger/entries')).body.total, 1)
  assert.equal(await auditCount(w, 'entry.file'), 1)
})

test('a draft sent again takes the newer words, a filed entry sent again with other words is refused', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const id = randomUUID()
  await clerk.post('/api/ledger/entries', { ...typed, id })
  const filed = await clerk.post('/api/ledger/entries', { ...typed, id, title: '读书分享会', file: true })
  assert.deepEqual([filed.status, filed.body.state], [200, 'filed'])
  const other = await clerk.post('/api/ledger/entries', { ...typed, id, title: '又改了', file: true })
  assert.equal(other.status, 409)
  assert.match(other.body.reasons[0].href, new RegExp(`/console/ledger/${id}$`))
  assert.equal((await clerk.get(`/api/ledger/entries/${id}`)).body.title, '读书分享会')
})

test('an id that belongs to another school tells nothing and changes nothing', async (t) => {
  const w = await world(t)
  const id = await ledgerEntry(w)
  const other = await w.as('clerk', w.schoolIds[1])
  const answer = await other.post('/api/ledger/entries', { ...typed, id })
  assert.equal(answer.status, 404)
})

test('every mistake of an entry is named at once, in Chinese, at its field', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const bad = await clerk.post('/api/ledger/entries', {
    title: ' ',
    happenedOn: '2026-02-30',
    pillar: 'party',
    memberCount: -1,
    pupilCount: 1.5,
    link: 'javascript:alert(1)',
    place: 'a\u0000b',
    tags: ['nonsense'],
    evidence: [{ fileId: 'x' }],
  })
  assert.equal(bad.status, 422)
  const fields: string[] = bad.body.reasons.map((one: { field: string }) => one.field)
  assert.deepEqual(fields.toSorted(), [
    'evidence.0.fileId',
    'happenedOn',
    'link',
    'memberCount',
    'pillar',
    'place',
    'pupilCount',
    'tags.0',
    'title',
  ])
  for (const { message } of bad.body.reasons) assert.match(message, /[\u4e00-\u9fff]/)
  const meaning = await clerk.post('/api/ledger/entries', {
    ...typed,
    happenedOn: '2026-05-12',
    formId: randomUUID(),
    taskId: randomUUID(),
  })
  assert.deepEqual(
    meaning.body.reasons.map((one: { field: string }) => one.field),
    ['happenedOn', 'formId', 'taskId'],
  )
})

test('an entry filed more than thirty days after the activity is late, one outside the year is warned of', async (t) => {
  const w = await world(t)
  w.setTime('2026-07-01T02:00:00.000Z')
  const clerk = await w.as('clerk')
  const post = (happenedOn: string) => clerk.post('/api/ledger/entries', { ...typed, happenedOn, file: true })
  const [onTime, late, lastYear] = [await post('2026-06-01'), await post('2026-05-31'), await post('2025-12-31')]
  assert.deepEqual(onTime.body.warnings, [])
  assert.match(late.body.warnings.join(), /逾期归档/)
  assert.match(lastYear.body.warnings.join(), /不在 2026 年内/)
  const lateOnes = await clerk.get('/api/ledger/entries?late=yes&sort=happenedOn')
  assert.deepEqual(
    lateOnes.body.items.map((one: { id: string }) => one.id),
    [lastYear.body.id, late.body.id],
  )
})

test('a correction keeps the old words readable with what changed and why', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const id = await ledgerEntry(w, { file: true, memberCount: 10 })
  const correct = (body: object) => clerk.post(`/api/ledger/entries/${id}/correct`, { ...typed, version: 1, ...body })
  assert.equal((await correct({ reason: '' })).status, 422)
  const same = await correct({ title: '“红船领航”主题党日', memberCount: 10, reason: '手滑' })
  assert.match(same.body.message, /没有改动/)
  assert.equal((await correct({ reason: '人数和题目写错', memberCount: 12 })).status, 200)
  assert.equal((await correct({ reason: '又一次', memberCount: 13 })).status, 409)
  const entry = (await clerk.get(`/api/ledger/entries/${id}`)).body
  assert.deepEqual([entry.title, entry.memberCount, entry.version], ['读书会', 12, 2])
  assert.equal(entry.versions[0].reason, '人数和题目写错')
  assert.deepEqual(entry.versions[0].differences, [
    { label: '事项', before: '“红船领航”主题党日', after: '读书会' },
    { label: '参加人数', before: '党员 10', after: '党员 12' },
  ])
})

test('a filed entry can be neither edited nor deleted, a draft can be deleted and leaves an audit row', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const filed = await ledgerEntry(w, { file: true })
  assert.equal((await clerk.put(`/api/ledger/entries/${filed}`, typed)).status, 409)
  assert.equal((await clerk.delete(`/api/ledger/entries/${filed}`)).status, 409)
  const draft = await ledgerEntry(w)
  assert.equal((await clerk.delete(`/api/ledger/entries/${draft}`)).status, 200)
  assert.equal((await clerk.get(`/api/ledger/entries/${draft}`)).status, 404)
  assert.equal(await auditCount(w, 'entry.removed'), 1)
})

test('of two who file the same draft one succeeds, the other gets 409, and there is one audit row', async (t) => {
  const w = await world(t)
  const id = await ledgerEntry(w)
  const callers = [await w.as('clerk'), await w.as('secretary')]
  const answers = await Promise.all(callers.map((caller) => caller.post(`/api/ledger/entries/${id}/file`)))
  assert.deepEqual(answers.map((one) => one.status).toSorted(), [200, 409])
  assert.equal(await auditCount(w, 'entry.file'), 1)
})

test('an entry that an application cites is frozen with a clear sentence until the application comes back', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const id = await ledgerEntry(w, { file: true })
  const actor = await w.actorOf('secretary')
  const cited = { applicationId: randomUUID(), schoolId: w.schoolIds[0] }
  await w.work(actor, (work) => freezeEntries(work, { ...cited, cycleId: w.cycleId, entryIds: [id] }))
  const frozen = await clerk.get(`/api/ledger/entries/${id}`)
  assert.match(frozen.body.moves.correct[0].message, /申报引用并冻结/)
  const correction = { ...typed, reason: '改', version: 1 }
  assert.equal((await clerk.post(`/api/ledger/entries/${id}/correct`, correction)).status, 409)
  await w.work(actor, (work) => thawEntries(work, cited))
  assert.equal((await clerk.post(`/api/ledger/entries/${id}/correct`, correction)).status, 200)
  const [, second] = w.schoolIds
  await assert.rejects(
    w.work(actor, (work) => freezeEntries(work, { ...cited, schoolId: second, cycleId: w.cycleId, entryIds: [id] })),
  )
})

test('the to-do list names old drafts and pillars without an entry, the facts count only what is filed', async (t) => {
  const w = await world(t)
  const id = await ledgerEntry(w)
  await ledgerEntry(w, { file: true, pillar: 'policy', memberCount: 18, pupilCount: 300 })
  w.passDays(4)
  const look = lookAround(w.house, await w.actorOf('clerk'))
  const todos = await listLedgerTodos(look)
  assert.deepEqual(
    todos.map((one) => one.href),
    [
      `/console/ledger/${id}`,
      ...['activity', 'place', 'media'].map((pillar) => `/console/ledger/new?pillar=${pillar}`),
    ],
  )
  const facts = await ledgerFacts(look.db, w.schoolIds[0], w.cycleId)
  assert.deepEqual(facts, {
    filed: 1,
    late: 0,
    pillarCounts: { policy: 1, activity: 0, place: 0, media: 0 },
    forms: [],
    participants: { memberCount: 18, teacherCount: 0, pupilCount: 300, parentCount: 0 },
  })
  assert.deepEqual(await listLedgerTodos(lookAround(w.house, await w.actorOf('office'))), [])
})

test('the office adds a form, and an entry can use it', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const desk = await office.get('/api/ledger/desk')
  assert.ok(desk.body.forms.length >= 13)
  const form = await office.post('/api/ledger/forms', { label: '红色剪纸' })
  assert.equal(form.status, 200)
  assert.equal((await office.post('/api/ledger/forms', { label: '红色剪纸' })).status, 409)
  const id = await ledgerEntry(w, { formId: form.body.id, file: true })
  assert.equal((await office.get(`/api/ledger/entries/${id}`)).body.formLabel, '红色剪纸')
})

async function auditCount(w: World, event: string): Promise<number> {
  const rows = await w.house.database.reader.selectFrom('auditRow').select('seq').where('event', '=', event).execute()
  return rows.length
}
