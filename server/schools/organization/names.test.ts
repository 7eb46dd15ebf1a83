import assert from 'node:assert/strict'
import { test } from 'node:test'
import { system } from '#domain/base/actor.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'
import { addSchool } from './actions.ts'

const NAMES = ['彰德小学', '曙光小学', '红旗路小学', '柏庄小学', '洹北第十小学', '洹北第二小学']

async function withSchools(w: World): Promise<void> {
  const school = { stage: '初中', ownership: '公办', zoneId: w.zoneIds[1], partyKind: '党支部', secretaryName: '' }
  const counts = { memberCount: 1, staffCount: 2, studentCount: 3 }
  await w.work(system, async (work) => {
    for (const name of NAMES) await addSchool(work, { bureauId: w.bureauId, name, ...school, ...counts })
  })
}

const found = async (caller: Caller, q: string, more = '&stage=初中'): Promise<string[]> => {
  const answer = await caller.get(`/api/schools?sort=name&q=${encodeURIComponent(q)}${more}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.items.map((one: { name: string }) => one.name)
}

async function bodyOf(office: Caller, id: string) {
  const { school, contactName, contactPhone } = (await office.get(`/api/schools/${id}`)).body
  const { zoneName: _z, groupName: _g, departmentName: _d, confirmedAt: _c, retiredAt: _r, id: _i, ...facts } = school
  return { ...facts, contactName, contactPhone }
}

test('the register and every list by school stand by pinyin, and a renamed school moves (office-34)', async (t) => {
  const w = await world(t)
  await withSchools(w)
  const office = await w.as('office')
  const pinyin = ['柏庄小学', '红旗路小学', '洹北第二小学', '洹北第十小学', '曙光小学', '彰德小学']
  assert.deepEqual(await found(office, ''), pinyin)
  assert.deepEqual((await office.get('/api/schools?sort=-name&stage=初中')).body.items[0].name, '彰德小学')
  for (const url of ['/api/plans?stage=初中&sort=school', '/api/brands?stage=初中'])
    assert.deepEqual(
      (await office.get(url)).body.items.map((one: { schoolName: string }) => one.schoolName),
      pinyin,
      url,
    )
  const { id } = (await office.get('/api/schools?q=彰德')).body.items[0]
  assert.equal(
    (await office.put(`/api/schools/${id}`, { ...(await bodyOf(office, id)), name: '安康小学' })).status,
    200,
  )
  assert.deepEqual((await found(office, ''))[0], '安康小学')
})

test("the bureau's own number comes first, is kept by who does not speak of it, and can be taken away (office-34)", async (t) => {
  const w = await world(t)
  await withSchools(w)
  const office = await w.as('office')
  const { id } = (await office.get('/api/schools?q=彰德')).body.items[0]
  const put = async (change: object) => {
    const answer = await office.put(`/api/schools/${id}`, { ...(await bodyOf(office, id)), ...change })
    assert.equal(answer.status, 200, answer.text)
    return (await found(office, ''))[0]
  }
  assert.equal(await put({ sortOrder: 3 }), '彰德小学')
  assert.equal(await put({ sortOrder: undefined, secretaryName: '某某' }), '彰德小学')
  assert.equal(await put({ sortOrder: null }), '柏庄小学')
  assert.equal((await office.put(`/api/schools/${id}`, { ...(await bodyOf(office, id)), sortOrder: 0 })).status, 422)
})

test('a school is found by initials and by pinyin from any of its characters, and by nothing in between (public-20, office-49)', async (t) => {
  const w = await world(t)
  await withSchools(w)
  const office = await w.as('office')
  for (const words of ['hqlxx', 'HQL', 'ｈｑｌ', 'hongqilu', 'hong qi lu', 'qilu', '红旗 xiaoxue'])
    assert.deepEqual(await found(office, words), ['红旗路小学'], words)
  for (const words of ['ongqi', 'h', 'gq', 'hx', '%hql', 'hql_'])
    assert.deepEqual(await found(office, words), [], words)
})

test('红旗小学 finds 红旗路小学 where no school is called so, in the register, its file and the pickers (office-49)', async (t) => {
  const w = await world(t)
  await withSchools(w)
  const office = await w.as('office')
  assert.deepEqual(await found(office, '红旗小学'), ['红旗路小学'])
  assert.deepEqual(await found(office, '小学红旗'), [])
  assert.deepEqual(await found(office, '红旗%小学'), [])
  const places = (await (await w.as('security')).get('/api/accounts-places?q=红旗小学')).body
  assert.deepEqual(
    places.schools.map((one: { name: string }) => one.name),
    ['红旗路小学'],
  )
  await w.work(system, (work) =>
    addSchool(work, {
      bureauId: w.bureauId,
      name: '红旗小学',
      stage: '初中',
      ownership: '公办',
      zoneId: w.zoneIds[1],
      partyKind: '党支部',
      secretaryName: '',
      memberCount: 1,
      staffCount: 2,
      studentCount: 3,
    }),
  )
  assert.deepEqual(await found(office, '红旗小学'), ['红旗小学'])
})
