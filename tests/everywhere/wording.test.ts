import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { world } from '#tests/world/world.ts'

const root = join(import.meta.dirname, '..', '..')

/** Every source whose texts people read; tests and the demonstration's own words are left out. */
const sources = ['server', 'domain', 'console', 'contract', 'ballot'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|node_modules/.test(name))
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') })),
)

/** Words with another word in their place, which docs/glossary.md names. */
const discarded = [
  '先不',
  '未动笔',
  '种子',
  '指纹',
  '校验码',
  '成册',
  '册子',
  '不认识',
  '至多',
  '整改时限',
  '没有完成“',
]

/** Where a discarded word means something else, each with its reason. */
const meant: Record<string, string> = {
  'server/identity/ownAccount/pages.ts': 'a sign-in that the owner does not recognise: 不认识的登录',
  'server/restore.ts': 'an operator reads 不认识 of a format that this version does not know',
  'server/kernel/settings.ts': 'an operator reads 不认识 of a setting',
  'ballot/voting/pages.ts': 'tells a respondent not to answer yet: 先不用答',
}

test('one thing has one word on every screen: the discarded ones are nowhere', () => {
  const found = sources.flatMap(({ path, text }) =>
    meant[path] === undefined ? discarded.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`) : [],
  )
  assert.deepEqual(found, [])
  assert.deepEqual(
    Object.keys(meant).filter((path) => !sources.some((one) => one.path === path)),
    [],
  )
})

/** What stands in quotation marks and is the product's own word, never a name that somebody typed. */
const ownWords =
  /^(labelOf\(.*\)|pillarLabels\[.*\]|titleOf\(.*\)|methodLabels\[.*\]|method|\w+Life\.states\[.*\]|table\.(states|actions)\[.*\]|label|what|TO_FILL|word|title|one|grant\.roleLabel|\w+\.stateLabel|mistakes\.join\(.*\))$/

/** Texts for the operator of the machine, where the box has its own few imports. */
const forOperators = /^ballot\/|\/invariants\.ts$/

test('a name that people typed is never put in bare quotation marks, so that marks inside it are turned', () => {
  const bare = sources
    .filter(({ path }) => !forOperators.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/“\$?\{([^{}]*)\}”/g)]
        .map((match) => match[1] ?? '')
        .filter((expression) => !ownWords.test(expression) && path !== 'domain/base/text.ts')
        .map((expression) => `${path}: ${expression}`),
    )
  assert.deepEqual(bare, [])
})

const MARKED = '“一校一品”现场会'
const TURNED = '“‘一校一品’现场会”'

test('titles with quotation marks stand turned in to-dos, notices, refusals and public pages', async (t) => {
  const w = await world(t)
  const [office, clerk] = [await w.as('office'), await w.as('clerk')]
  const meeting = {
    kind: '现场会',
    title: MARKED,
    startsAt: '2026-05-20T01:00:00.000Z',
    endsAt: '2026-05-20T04:00:00.000Z',
    place: '演示第一小学',
    agenda: '',
    hostSchoolId: null,
    schoolIds: [w.schoolIds[0]],
  }
  const { id } = (await office.post('/api/events', meeting)).body
  await office.post(`/api/events/${id}/publish`)
  const titles = (await clerk.get('/api/todo')).body.items.map((one: { title: string }) => one.title)
  assert.ok(titles.includes(`请回复是否参加${TURNED}`), titles.join())
  await office.post('/api/divisions/zones', { name: MARKED })
  const zones = (await office.get('/api/divisions')).body.zones as { id: string; name: string }[]
  const zone = zones.find((one) => one.name === MARKED)
  const twice = await office.post('/api/divisions/departments', { name: MARKED })
  assert.equal(twice.status, 200)
  const again = await office.post('/api/divisions/departments', { name: MARKED })
  assert.equal(again.body.reasons[0].message, `已经有${TURNED}。`)
  assert.ok(zone)
  assert.equal((await office.post(`/api/zones/${zone.id}/remove`, { reason: '建错了' })).status, 200)
})
