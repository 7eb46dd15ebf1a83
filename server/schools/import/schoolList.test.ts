import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { writeOds } from 'hucre/ods'
import { system } from '#domain/base/actor.ts'
import { addPerson } from '#server/identity/access/actions.ts'
import { inWork } from '#server/kernel/work.ts'
import { takenLoginNames } from './queries.ts'
import { mistakeKinds } from '#domain/schools/listMistakes.ts'
import type { ListReport } from '#contract/schools/schoolList.ts'
import { writeSheet } from '#server/kernel/sheet.ts'
import { sendFile } from '#tests/world/upload.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'

const DEMO = readFileSync(new URL('../../../demo/schools.csv', import.meta.url))
const HEADER = '学校名称,学段,办学性质,片区,学校标识码,党组织类型,党组织书记,党员人数,教职工人数,学生人数'
const csv = (...lines: string[]) => Buffer.from([HEADER, ...lines].join('\r\n'), 'utf8')

const check = (w: World, caller: Caller, bytes: Uint8Array, name = '学校名单.csv') =>
  sendFile<ListReport>(w, caller, { url: '/api/school-list/check', name, bytes })

async function apply(w: World, caller: Caller, bytes: Uint8Array, accounts: 'yes' | 'no' = 'no') {
  const { body } = await check(w, caller, bytes)
  return applyAs(w, caller, { bytes, digest: body.digest, accounts })
}

const applyAs = (w: World, caller: Caller, list: { bytes: Uint8Array; digest: string; accounts: string }) =>
  sendFile<Record<string, number> & { missing: unknown[] }>(w, caller, {
    url: `/api/school-list/apply?digest=${list.digest}&accounts=${list.accounts}`,
    name: '学校名单.csv',
    bytes: list.bytes,
  })

const tally = async (w: World) => {
  const count = async (table: 'school' | 'zone' | 'account' | 'auditRow' | 'organization') =>
    Number(
      (
        await w.house.database.reader
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as('n'))
          .executeTakeFirst()
      )?.n,
    )
  return {
    school: await count('school'),
    organization: await count('organization'),
    zone: await count('zone'),
    account: await count('account'),
    auditRow: await count('auditRow'),
  }
}

const school = (over: Partial<Record<number, string>> = {}) =>
  ['新建第一小学', '小学', '公办', '第一片区', '2141509001', '党支部', '张三', '12', '40', '600']
    .map((cell, index) => over[index] ?? cell)
    .join(',')

test('a list with more than twenty kinds of mistakes has every one named with its row, and nothing is written', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const table = (...rows: string[]) => Buffer.from([`${HEADER},联系电话`, ...rows].join('\r\n'), 'utf8')
  const lines = [
    school(),
    school({ 0: '', 4: '2141509002' }),
    school({ 0: '长'.repeat(61), 4: '2141509003' }),
    school({ 4: '2141509004' }),
    school({ 0: '甲小学', 1: '大学', 4: '2141509005' }),
    school({ 0: '乙小学', 2: '国营', 4: '2141509006' }),
    school({ 0: '丁小学', 4: '21415' }),
    school({ 0: '戊小学' }),
    school({ 0: '庚小学', 4: '2141509009', 5: '团支部' }),
    school({ 0: '壬小学', 4: '2141509011', 6: '13800000000' }),
    school({ 0: '癸小学', 4: '2141509012', 7: '' }),
    school({ 0: '子小学', 4: '2141509013', 8: '四十' }),
    school({ 0: '丑小学', 4: '2141509014', 9: '-5' }),
    school({ 0: '寅小学', 4: '2141509015', 9: '60.5' }),
    school({ 0: '卯小学', 4: '2141509016', 9: '9999999' }),
    school({ 0: '=HYPERLINK()', 4: '2141509019' }),
    school({ 0: '辰小学', 4: '2141509017', 6: '#N/A' }),
    school({ 0: '午小\u0007学', 4: '2141509020' }),
    school({ 0: '申小学', 3: '片'.repeat(31), 4: '2141509022' }),
    `${school({ 0: '未小学', 4: '2141509021' })},无号码`,
    `${school({ 0: '酉小学', 4: '2141509023' })},0372-0000000,多出来的`,
    '',
    '合计,,,,,,,12,40,600',
  ]
  const before = await tally(w)
  const { status, body, text } = await check(w, office, table(...lines))
  assert.equal(status, 200, text)
  const named = new Set<string>(body.mistakes.map((one) => one.kind))
  const ofTheFile = ['emptyFile', 'noHeader', 'noRows', 'columnMissing', 'columnTwice', 'zoneMissing']
  assert.deepEqual(
    Object.keys(mistakeKinds).filter((kind) => !named.has(kind) && !ofTheFile.includes(kind)),
    [],
  )
  assert.ok(named.size >= 20, `${named.size} kinds`)
  assert.deepEqual(
    body.mistakes.filter((one) => one.kind === 'codeTwice').map((one) => [one.row, one.column]),
    [[9, '学校标识码']],
  )
  const applied = await applyAs(w, office, { bytes: table(...lines), digest: body.digest, accounts: 'yes' })
  assert.equal(applied.status, 422)
  assert.deepEqual(await tally(w), before)
})

test('mistakes of the header and an empty file are named too', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const kinds = async (text: string) => {
    const { body } = await check(w, office, Buffer.from(text))
    return body.mistakes.map((one) => one.kind).toSorted()
  }
  assert.deepEqual(await kinds(`${HEADER},校训,学段\n${school()},勤奋,小学`), ['columnTwice'])
  assert.deepEqual(await kinds(`${HEADER.replace(',片区', '')}\n`), ['columnMissing', 'noRows'])
  assert.deepEqual(await kinds(',,\n'), ['emptyFile'])
})

test('a mistake in one row applies nothing of the others', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const before = await tally(w)
  const answer = await apply(w, office, csv(school(), school({ 0: '乙小学', 4: '12' })))
  assert.equal(answer.status, 422)
  assert.deepEqual(await tally(w), before)
})

test('the list of 49 schools is applied as one unit with zones and accounts, and reading it again changes nothing', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const first = await apply(w, office, DEMO, 'yes')
  assert.equal(first.status, 200, first.text)
  const { missing, ...counts } = first.body
  assert.equal(counts['added'], 49)
  assert.equal(counts['accountsMade'], 98)
  assert.equal(missing.length, 3)
  const before = await tally(w)
  const again = await check(w, office, DEMO)
  assert.deepEqual([again.body.added, again.body.changed, again.body.newZones], [[], [], []])
  assert.equal(again.body.unchanged, 49)
  const second = await apply(w, office, DEMO, 'yes')
  assert.deepEqual([second.body['accountsMade'], second.body['accountsKept']], [0, 98])
  const after = await tally(w)
  assert.deepEqual({ ...after, auditRow: 0 }, { ...before, auditRow: 0 })
  assert.equal(after.auditRow, before.auditRow + 1)
})

test('the same list is read from UTF-8 with and without BOM, GB18030 and XLSX', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  // GB18030 bytes of the header and one row, as the domestic office suites save a CSV.
  const gb = Buffer.from(
    `${'d1a7d0a3c3fbb3c6'}2c${'d1a7b6ce'}2c${'b0ecd1a7d0d4d6ca'}2c${'c6acc7f8'}2c${'d1a7d0a3b1eacab6c2eb'}2c${'b5b3d7e9d6afc0e0d0cd'}2c${'b5b3d7e9d6afcae9bcc7'}2c${'b5b3d4b1c8cbcafd'}2c${'bdccd6b0b9a4c8cbcafd'}2c${'d1a7c9fac8cbcafd'}0d0a${'d0c2bda8b5dad2bbd0a1d1a7'}2c${'d0a1d1a7'}2c${'b9abb0ec'}2c${'b5dad2bbc6acc7f8'}2c32313431353039303031${'2c'}${'b5b3d6a7b2bf'}2c${'d5c5c8fd'}2c31322c34302c363030`,
    'hex',
  )
  const columns = HEADER.split(',').map((header) => ({ header, width: 12, kind: 'text' as const }))
  const xlsx = await writeSheet({ title: '学校', columns, rows: [school().split(',')] })
  const plain = csv(school())
  const bom = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain])
  for (const [bytes, name] of [
    [plain, 'a.csv'],
    [bom, 'b.csv'],
    [gb, 'c.csv'],
    [xlsx, 'd.xlsx'],
  ] as const) {
    const { status, body, text } = await check(w, office, bytes, name)
    assert.equal(status, 200, text)
    assert.deepEqual(body.mistakes, [], name)
    assert.deepEqual(
      body.added.map(({ row, name: called, code, secretaryName }) => [row, called, code, secretaryName]),
      [[2, '新建第一小学', '2141509001', '张三']],
    )
  }
})

test('a changed list shows old and new by field, matched by code and then by name, and codes may change places', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const one = school()
  const two = school({ 0: '新建第二小学', 4: '2141509002' })
  assert.equal((await apply(w, office, csv(one, two))).status, 200)
  const renamed = csv(school({ 0: '新建第一实验小学', 6: '李四' }), school({ 0: '新建第二小学', 4: '2141509009' }))
  const { body } = await check(w, office, renamed)
  assert.deepEqual(
    body.changed.map((each) => each.changes),
    [
      [
        { label: '学校名称', from: '新建第一小学', to: '新建第一实验小学' },
        { label: '党组织书记', from: '张三', to: '李四' },
      ],
      [{ label: '学校标识码', from: '2141509002', to: '2141509009' }],
    ],
  )
  assert.equal((await apply(w, office, renamed)).status, 200)
  assert.equal((await check(w, office, renamed)).body.unchanged, 2)
})

test('a school that the list leaves out is named, kept, and retired only when the office says so with a reason', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const { body } = await apply(w, office, csv(school()))
  assert.equal(body.missing.length, 3)
  assert.equal((await office.get('/api/schools')).body.total, 4)
  const schoolIds = [w.schoolIds[1]]
  assert.equal((await office.post('/api/schools/retire', { schoolIds, reason: ' ' })).status, 422)
  const both = await Promise.all(
    [1, 2].map(() => office.post('/api/schools/retire', { schoolIds, reason: '并入第一小学' })),
  )
  assert.deepEqual(both.map((one) => one.status).toSorted(), [200, 409])
  assert.equal((await office.get('/api/schools')).body.total, 3)
  assert.equal((await office.get('/api/schools?only=retired')).body.total, 1)
  const back = csv(school({ 0: '演示第二小学', 4: '2141509002' }))
  assert.ok(
    (await check(w, office, back)).body.changed[0]?.changes.some((change) => change.from === '已撤并'),
    'the list brings a retired school back',
  )
})

test('what would be applied must be what was shown', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const { body } = await check(w, office, csv(school()))
  assert.equal((await apply(w, office, csv(school({ 6: '王五' })))).status, 200)
  const stale = await applyAs(w, office, { bytes: csv(school()), digest: body.digest, accounts: 'no' })
  assert.equal(stale.status, 409)
  // Both answer to one and the same check: two checks of their own could come one after the other.
  const shown = (await check(w, office, csv(school()))).body
  const again = () => applyAs(w, office, { bytes: csv(school()), digest: shown.digest, accounts: 'no' })
  const [a, b] = await Promise.all([again(), again()])
  assert.deepEqual([a.status, b.status].toSorted(), [200, 409])
})

test('activation slips carry working codes once, only for accounts without a password', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  await apply(w, office, csv(school()), 'yes')
  const { items } = (await office.get('/api/schools?q=新建第一小学')).body
  const page = await office.form('/schools/slips', { schoolIds: items[0].id })
  assert.equal(page.status, 200, page.text)
  assert.match(page.text, /2141509001s/)
  assert.match(page.text, /2141509001c/)
  assert.match(page.text, /https:\/\/yipin\.test\/activate/)
  assert.equal(page.headers['cache-control'], 'no-store')
  const codes = [...page.text.matchAll(/<dd>([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})<\/dd>/g)].map((found) => found[1])
  assert.equal(codes.length, 2)
  const stored = await w.house.database.reader.selectFrom('activation').select('tokenHash').execute()
  assert.ok(codes.every((code) => !JSON.stringify(stored).includes(code ?? '')))
})

test('files that are no list are refused in words', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  assert.equal((await check(w, office, Buffer.alloc(0))).status, 422)
  assert.equal((await check(w, office, Buffer.from('d0cf11e0a1b11ae1', 'hex'), '旧.xls')).status, 422)
  assert.equal((await check(w, office, Buffer.alloc(5 * 1024 * 1024 + 1, 'a'))).status, 413)
})

/** What an old Excel saves (BIFF8, gzipped here): a title over the header, the zone once in a merged cell of two rows. */
const XLS = gunzipSync(
  Buffer.from(
    'H4sIAAAAAAACA+2XX4hUVRzHP+fcOzP3zv6ZO7ua66ZbzotSD+7OZKmgjaK0SA3ujmDubrQu7ezEKiujQlKIaRGxK/gcIfTYU/ZQgQSNENVLJEIvPWkgBPVwBaEX26nzO/eud7eCNcP+sL/hnJn7nd/v/M73nN/5nd+9+k3++nsf9t5giezEYb7lk05gCtDxQ2CfTZtvtVox3FqR/5T80mq15qPmAimQPZ9P4Cvt/93MmXaA5P5nAA/wgSzQBrQDHUAnkLMpgDzQBXQDq4DVwEPAGqAHWAv0Ag8D64D1QN9KfP1r2jD3Jy4pFecStUwbE2vNTHynVKlTosQJ9rHlnv13ocW/ju6e5c/bykFmaDDNBDPMMP2X/ceyHBuzTnsz/G1yr/6T8lTxyeL9+Pa9ANIpJhpfZ/ymIp2BG2guuVekVvgeGOOYySfVeql0Yl+VByK7ZQ6HlZlDU8EOpVG8iybPWplZl/Td0n8gep9Kv0PyGYw3mnu2Rvt1W5VF77z0Bek7MSN+IjbfCTJAL6FYXIiOQkrtosHLHOYIfe4WttKDKpCtDFY301YZrD5KgTp1CuyuFTjKUQqkhwsc5zgFrp0y/1+XxAq3l2zuCv5g8aUyLlv/Ju28ZTIaWtVGN9TncFEofmTEXJKhTbDpsCcqnjV3C+e4lWgLTdB9hofH62oXeE1V/q0v03crsNeu1w7eGvB+huCOXM5WsgvHMFh0DDskQNvRvEROfufFe4DHnfdvXXtuYv/TLwr+mOCPS39WkDOJ8c8J/oYt/XVnIn0az65eHb0PpFFXp7ZXzSJQ+eptV+eFXGAWxIAdB8JTru6Q1QmMl9roR9NWS1uti8O10Y3jm85bLcdqPdPYXnV1NwqXgJQdK1P/Yla9YuGUhUeGPj/95elXX5s9aOF0Eq5VLs1aVxnramTo+QOXK8cmra5ndQ9NPnvm5gsWNrp+PPlHTsagjhl9Ozv3DpXcmJmrjhnlxmqjFtAWODJ0cdjVZvUNGwe1rmL5rEcLnyyqyABPMEA//WxjG/0MYG1S1mZkaPPkDxcslLZQ8aRh5GiThDJSiBlZVbaIt4DsiRA/Rppny4aGk6QxF9FwltJwFtPwcYQGKEPA+XMCRSHg/J6AExM4VIkJOAkCPWWL3CWwN0IWCIyfK//EfhPQ4aAN5tBLHKUcTtgv3264STA/DP7g8GqyC3am5t2pu/hYXnbLCa2b0S0hN51sovlcVhkbvhvqU143U16ytJHMX/c2UvcWVzzizE0Avjxl+UflV6R21zAAEAAA',
    'base64',
  ),
)

test('an old workbook and an OpenDocument table are read like any other, with title and merged zone (office-14)', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const ods = await writeOds({ sheets: [{ name: '名单', rows: [HEADER.split(','), school().split(',')] }] })
  for (const [bytes, name, zones] of [
    [XLS, '学校.xls', ['东片区', '东片区']],
    [XLS, '学校.et', ['东片区', '东片区']],
    [ods, '学校.ods', ['第一片区']],
  ] as const) {
    const { status, body, text } = await check(w, office, bytes, name)
    assert.equal(status, 200, text)
    assert.deepEqual(body.mistakes, [], name)
    assert.deepEqual(
      body.added.map((one) => one.zone),
      zones,
      name,
    )
  }
  const many = { sheets: [{ name: '名单', rows: Array.from({ length: 20_001 }, (_, at) => [String(at)]) }] }
  assert.match((await check(w, office, await writeOds(many), '长.ods')).text, /20000 行|两万行|行数/)
})

test('what is doubtful is written only after a person has looked at each row, and cells are mended on the page', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const bytes = csv(school({ 7: '41' }), school({ 0: '乙小学', 4: '2141509002', 7: '十二' }))
  const send = async (url: string, choices: object) =>
    sendFile<ListReport>(w, office, { url, name: 'a.csv', bytes, fields: { choices: JSON.stringify(choices) } })
  const first = (await send('/api/school-list/check', {})).body
  assert.deepEqual([first.mistakes.length, first.doubts.length], [1, 1])
  const key = first.doubts[0]?.key ?? ''
  assert.deepEqual([key, first.doubts[0]?.accepted], ['!2.membersOverStaff', false])
  const mended = { cells: { '!3.members': '12' } }
  const open = (await send('/api/school-list/check', mended)).body
  assert.equal(open.mistakes.length, 0)
  const applyWith = (digest: string, choices: object) =>
    send(`/api/school-list/apply?digest=${digest}&accounts=no`, choices)
  const refused = await applyWith(open.digest, mended)
  assert.equal(refused.status, 422)
  assert.match(refused.text, /第 2 行“党员人数”：党员 41 人多于教职工 40 人/)
  const looked = { ...mended, accepted: [key] }
  const { digest } = (await send('/api/school-list/check', looked)).body
  assert.equal((await applyWith(digest, mended)).status, 422, 'the acceptance travels with the file')
  assert.equal((await applyWith(digest, looked)).status, 200)
  const wrong = await send('/api/school-list/check', { accepted: 'all' })
  assert.equal(wrong.status, 422)
})

test('a secretary whom the list no longer names loses the post when the office says so, and the successor gets an account (office-4)', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  await apply(w, office, csv(school()), 'yes')
  const bytes = csv(school({ 6: '李新任' }))
  const { body } = await check(w, office, bytes)
  assert.deepEqual(
    body.secretaries.map(({ from, to }) => [from, to]),
    [['张三', '李新任']],
  )
  const fields = { choices: JSON.stringify({ replaceSecretaries: true }) }
  const again = await sendFile<ListReport>(w, office, { url: '/api/school-list/check', name: 'a.csv', bytes, fields })
  const done = await sendFile<Record<string, number>>(w, office, {
    url: `/api/school-list/apply?digest=${again.body.digest}&accounts=no`,
    name: 'a.csv',
    bytes,
    fields,
  })
  assert.deepEqual([done.body['secretariesReplaced'], done.body['accountsMade']], [1, 1])
  const { items } = (await office.get('/api/schools?q=新建第一小学')).body
  const { accounts } = (await office.get(`/api/schools/${items[0].id}`)).body
  assert.deepEqual(
    accounts.map((one: { role: string; name: string; loginName: string }) => [one.role, one.name, one.loginName]),
    [
      ['secretary', '李新任', '2141509001s2'],
      ['clerk', '党务干事', '2141509001c'],
    ],
  )
})

test('twenty thousand names are looked up without more values than a statement takes (operations-11)', async (t) => {
  const w = await world(t)
  const names = Array.from({ length: 40_000 }, (_, at) => `2141${String(at).padStart(6, '0')}s`)
  await inWork(w.house, system, (work) =>
    addPerson(work, { bureauId: w.bureauId, name: '演示', loginName: names[39_999] ?? '', grants: [] }),
  )
  assert.deepEqual([...(await takenLoginNames(w.house.database.reader, names))], [names[39_999]])
})

test("a list gives the bureau's own order; one without it, or with an empty cell, takes none away (office-34)", async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const second = { 0: '新建第二小学', 4: '2141509002' }
  const ordered = (...lines: string[]) => Buffer.from([`${HEADER},排序号`, ...lines].join('\r\n'), 'utf8')
  await apply(w, office, ordered(`${school()},２`, `${school(second)},1`))
  const named = async () =>
    (await office.get('/api/schools?sort=name')).body.items
      .slice(0, 2)
      .map((one: { name: string; sortOrder: number }) => [one.name, one.sortOrder])
  const order = [
    ['新建第二小学', 1],
    ['新建第一小学', 2],
  ]
  assert.deepEqual(await named(), order)
  const again = await apply(w, office, csv(school({ 6: '李四' }), school({ ...second, 6: '王五' })))
  assert.equal(again.body['changed'], 2)
  assert.deepEqual(await named(), order)
  const third = await check(w, office, ordered(`${school({ 6: '李四' })},`, `${school({ ...second, 6: '王五' })},7`))
  assert.deepEqual(
    third.body.changed.map((one) => one.changes),
    [[{ label: '排序号', from: '1', to: '7' }]],
  )
  const { mistakes } = (await check(w, office, ordered(`${school()},第一`, `${school(second)},0`))).body
  assert.deepEqual(
    mistakes.map((one) => [one.row, one.column]),
    [
      [2, '排序号'],
      [3, '排序号'],
    ],
  )
})
