import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Caller, type World, world } from '#tests/world/world.ts'
import { addZone } from '#server/schools/division/actions.ts'
import { addOrganization, addSchool } from './actions.ts'
import { stampOf } from '#domain/base/stamp.ts'

const queriesOf = async (w: World, caller: Caller, url: string) => {
  await caller.get(url)
  const before = w.queries.count
  const { status } = await caller.get(url)
  assert.equal(status, 200)
  return w.queries.count - before
}

const names = (answer: { body: { items: { name: string }[] } }) => answer.body.items.map((one) => one.name)

test('each sees the schools that are theirs: office all, leader the zone, department the assigned, a school itself', async (t) => {
  const w = await world(t)
  const total = async (caller: Caller) => (await caller.get('/api/schools')).body.total
  assert.equal(await total(await w.as('office')), 3)
  assert.equal(await total(await w.as('leader')), 2)
  assert.equal(await total(await w.as('department')), 1)
  assert.equal(await total(await w.as('clerk')), 1)
  const tree = (await (await w.as('clerk')).get('/api/organizations')).body
  assert.deepEqual(
    tree.zones.flatMap((zone: { schools: { name: string }[] }) => zone.schools.map((one) => one.name)),
    ['演示第一小学'],
  )
})

test('lists of three schools issue as many queries as lists of one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  for (const path of ['/api/schools', '/api/contacts', '/api/school-groups', '/api/organizations']) {
    const three = await queriesOf(w, office, path)
    const one = await queriesOf(w, await w.as('clerk'), path)
    assert.equal(three, one, path)
  }
})

test('the list is searched, filtered, sorted and paged; an unknown order falls back to the usual one', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  assert.deepEqual(names(await office.get('/api/schools?q=第二')), ['演示第二小学'])
  assert.deepEqual(names(await office.get('/api/schools?q=%25')), [])
  assert.deepEqual(names(await office.get('/api/schools?stage=幼儿园')), ['演示幼儿园'])
  assert.deepEqual(names(await office.get('/api/schools?only=uncovered&sort=name')).length, 2)
  const second = (await office.get('/api/schools?size=2&page=2')).body
  assert.deepEqual([second.items.length, second.total], [1, 3])
  assert.equal((await office.get('/api/schools?sort=passwordHash')).status, 200)
  const sheet = await office.get('/api/schools.xlsx?stage=幼儿园')
  assert.equal(sheet.status, 200)
  assert.match(String(sheet.headers['content-disposition']), /attachment/)
})

test('a school confirms its own figures; every wrong one is told, and other schools are out of reach', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const right = {
    memberCount: 21,
    staffCount: 61,
    studentCount: 910,
    contactName: '王老师',
    contactPhone: '0372-2220000',
  }
  const wrong = await clerk.put(`/api/schools/${w.schoolIds[0]}/counts`, {
    ...right,
    studentCount: -1,
    contactPhone: '请打电话',
  })
  assert.deepEqual(
    wrong.body.reasons.map((one: { field: string; message: string }) => [one.field, one.message]),
    [
      ['studentCount', '不能小于 0'],
      ['contactPhone', '电话只能有数字、括号和横线'],
    ],
  )
  assert.equal((await clerk.put(`/api/schools/${w.schoolIds[0]}/counts`, right)).status, 200)
  assert.equal((await clerk.put(`/api/schools/${w.schoolIds[1]}/counts`, right)).status, 404)
  const seen = (await clerk.get(`/api/schools/${w.schoolIds[0]}`)).body
  assert.equal(seen.school.memberCount, 21)
  assert.equal(seen.school.confirmedAt, '2026-05-11T02:00:00.000Z')
})

test('an edit of the office is kept with old and new values in the audit log', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const body = {
    name: '演示第一实验小学',
    stage: '小学',
    ownership: '公办',
    zoneId: w.zoneIds[1],
    groupId: null,
    code: '2141500001',
    partyKind: '党总支',
    secretaryName: '演示书记甲',
    memberCount: 20,
    staffCount: 60,
    studentCount: 900,
    contactName: null,
    contactPhone: null,
  }
  assert.equal((await office.put(`/api/schools/${w.schoolIds[0]}`, body)).status, 200)
  const row = await w.house.database.reader
    .selectFrom('auditRow')
    .select('detail')
    .where('event', '=', 'school.changed')
    .executeTakeFirstOrThrow()
  const { changes } = JSON.parse(row.detail)
  assert.deepEqual(changes.map((one: { field: string }) => one.field).toSorted(), [
    'code',
    'name',
    'partyKind',
    'zoneId',
  ])
  const taken = await office.put(`/api/schools/${w.schoolIds[1]}`, { ...body, name: '演示第二小学' })
  assert.equal(taken.status, 409, 'no two schools share an identifier code')
})

test('contacts: leaders by zone, a department for many schools at once, what is open is counted', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const before = (await office.get('/api/contacts')).body
  assert.deepEqual([before.schoolTotal, before.coveredTotal], [3, 1])
  const schoolIds = [...w.schoolIds]
  assert.equal((await office.put('/api/contacts/schools', { schoolIds, departmentId: w.departmentId })).status, 200)
  assert.equal((await office.get('/api/contacts')).body.coveredTotal, 3)
  assert.equal((await (await w.as('department')).get('/api/schools')).body.total, 3)
  const leader = w.personOf('leader')
  const stranger = await office.put(`/api/contacts/zones/${w.zoneIds[1]}`, { personIds: [w.personOf('reviewer')] })
  assert.equal(stranger.status, 422)
  assert.equal((await office.put(`/api/contacts/zones/${w.zoneIds[1]}`, { personIds: [leader] })).status, 200)
  assert.equal((await (await w.as('leader')).get('/api/schools')).body.total, 3)
  assert.equal((await office.put('/api/contacts/schools', { schoolIds, departmentId: null })).status, 200)
  assert.equal((await office.get('/api/contacts')).body.coveredTotal, 0)
})

test('an education group is made with its schools and changed as one; a school is in one group at most', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const [first, second] = w.schoolIds
  const { id } = (await office.post('/api/school-groups', { name: '甲集团', schoolIds: [first, second] })).body
  await office.post('/api/school-groups', { name: '乙集团', schoolIds: [second] })
  assert.equal((await office.post('/api/school-groups', { name: '甲集团', schoolIds: [] })).status, 409)
  const groups = (await office.get('/api/school-groups')).body.items
  assert.deepEqual(
    groups.map((one: { name: string; schools: { id: string }[] }) => [one.name, one.schools.length]).toSorted(),
    [
      ['乙集团', 1],
      ['甲集团', 1],
    ],
  )
  const shown = { name: '甲教育集团', schoolIds: [], seen: stampOf(['甲集团', [first]]) }
  assert.equal((await office.put(`/api/school-groups/${id}`, { ...shown, seen: stampOf(['甲集团', []]) })).status, 409)
  assert.equal((await office.put(`/api/school-groups/${id}`, shown)).status, 200)
})

test('of two who choose the leaders of one zone from the same list the second is told', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const shown = (await office.get('/api/contacts')).body.zones[0]
  const url = `/api/contacts/zones/${shown.id}`
  const leaders = shown.leaders.map((one: { personId: string }) => one.personId)
  assert.deepEqual(leaders, [w.personOf('leader')])
  assert.equal((await office.put(url, { personIds: [], seen: shown.stamp })).status, 200)
  const second = await office.put(url, { personIds: leaders, seen: shown.stamp })
  assert.equal(second.status, 409)
  assert.equal(second.body.code, 'unseen')
  assert.deepEqual((await office.get('/api/contacts')).body.zones[0].leaders, [])
})

test('a school put into a group while its own form stood open does not fall out of the group by that form', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const [id] = w.schoolIds
  const { school, updatedAt } = (await office.get(`/api/schools/${id}`)).body
  w.setTime('2026-05-11T02:01:00.000Z')
  const group = await office.post('/api/school-groups', { name: '甲集团', schoolIds: [id] })
  assert.equal(group.status, 200, group.text)
  const { name, stage, ownership, zoneId, partyKind, secretaryName, memberCount, staffCount, studentCount } = school
  const facts = { name, stage, ownership, zoneId, partyKind, secretaryName, memberCount, staffCount, studentCount }
  const body = { ...facts, groupId: null, code: null, contactName: null, contactPhone: null, seen: updatedAt }
  assert.equal((await office.put(`/api/schools/${id}`, body)).status, 409)
  const [kept] = (await office.get('/api/school-groups')).body.items
  assert.equal(kept.schools.length, 1)
})

test('another bureau can neither see nor change the schools, zones and years of this one', async (t) => {
  const w = await world(t)
  const foreign = await w.work(await w.actorOf('office'), async (work) => {
    const bureauId = await addOrganization(work, { level: 'district', name: '邻区教育局' })
    const zoneId = await addZone(work, bureauId, '邻片区')
    const schoolId = await addSchool(work, {
      bureauId,
      zoneId,
      name: '邻区小学',
      stage: '小学',
      ownership: '公办',
      partyKind: '党支部',
      secretaryName: '邻书记',
      memberCount: 1,
      staffCount: 2,
      studentCount: 3,
    })
    return { zoneId, schoolId }
  })
  const office = await w.as('office')
  assert.equal((await office.get(`/api/schools/${foreign.schoolId}`)).status, 404)
  assert.equal((await office.put(`/api/contacts/zones/${foreign.zoneId}`, { personIds: [] })).status, 404)
  assert.equal(
    (await office.put('/api/contacts/schools', { schoolIds: [foreign.schoolId], departmentId: w.departmentId })).status,
    404,
  )
  assert.equal((await office.put(`/api/divisions/zones/${foreign.zoneId}`, { name: '夺' })).status, 404)
  assert.equal((await office.form('/schools/slips', { schoolIds: foreign.schoolId })).status, 404)
  assert.equal((await office.get('/api/schools')).body.total, 3)
})

test('one new school is registered without a list, with its people when wanted, and never twice under one name (office-19)', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const facts = {
    name: '演示新建（东）幼儿园',
    stage: '幼儿园',
    ownership: '民办',
    zoneId: w.zoneIds[1],
    groupId: null,
    code: '1141509001',
    partyKind: '未建',
    secretaryName: '',
    // Retired members count too, so more members than staff is a fact, not a mistake.
    memberCount: 9,
    staffCount: 8,
    studentCount: 0,
    contactName: '张老师',
    contactPhone: '(0372)2220000转8',
    accounts: true,
  }
  const made = await office.post('/api/schools', facts)
  assert.equal(made.status, 200, made.text)
  const seen = (await office.get(`/api/schools/${made.body.id}`)).body
  assert.deepEqual([seen.school.partyKind, seen.contactPhone], ['未建', '(0372)2220000转8'])
  assert.deepEqual(
    seen.accounts.map((one: { loginName: string }) => one.loginName),
    ['1141509001c'],
  )
  const again = await office.post('/api/schools', { ...facts, name: '演示新建 (东) 幼儿园', code: null })
  assert.equal(again.status, 409)
  assert.equal(again.body.reasons[0].href, `/console/schools/${made.body.id}`)
  const nameless = await office.post('/api/schools', { ...facts, name: '演示另一所', code: null })
  assert.equal(nameless.body.reasons[0].field, 'code')
})

test('a school taken off the list by mistake comes back with a reason, and not beside another of its name', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const [id] = w.schoolIds
  const at = `/api/schools/${id}/restore`
  assert.equal((await office.post(at, { reason: '误点' })).status, 409)
  await office.post('/api/schools/retire', { schoolIds: [id], reason: '点错了' })
  assert.equal((await office.get('/api/schools')).body.total, 2)
  assert.equal((await office.post(at, { reason: ' ' })).status, 422)
  const done = await office.post(at, { reason: '撤并错了' })
  assert.equal(done.status, 200, done.text)
  assert.equal((await office.get('/api/schools')).body.total, 3)
  assert.equal((await (await w.as('clerk')).get('/api/plans/own')).status, 200)
})
