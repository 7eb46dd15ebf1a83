import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { glob, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OutcomeKind } from '#domain/year/cycle.ts'
import { routes } from '#server/app.ts'
import { readTable } from '#server/kernel/sheet.ts'
import {
  confer,
  confirmDecision,
  decide,
  decision,
  draft,
  later,
  moveNotice,
  type Sealed,
  sealed,
} from '#tests/world/award.ts'
import { type Caller, type World } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'

/** What a year calls its outcome decides which words and papers there are at all (rule 2): walked from the seal to the end. */

const never: Record<Exclude<OutcomeKind, 'award'>, RegExp> = {
  showcase: /拟授予|已授予|名次|第 ?\d+ ?名|荣誉证书|荣获|表彰|发文字号/,
  recognition: /拟授予|已授予|荣誉证书|荣获|表彰/,
  commendation: /拟授予|已授予|荣誉证书|荣获|表彰/,
}

/** The description of the API has the words of every kind, and what people type is their own. */
const aside = ['/api/openapi.json', '/api-docs']
const plain = routes.filter((one) => one.method === 'GET' && !one.path.includes(':')).map((one) => one.path)

async function readAll(w: World, kind: keyof typeof never, when: string, urls: readonly string[]) {
  const readers: [string, Caller][] = [
    ['visitor', w.visitor],
    ['office', await w.as('office')],
    ['leader', await w.as('leader')],
    ['secretary', await w.as('secretary')],
    ['auditor', await w.as('auditor')],
  ]
  let read = 0
  for (const [name, reader] of readers)
    for (const url of [...plain.filter((path) => !aside.includes(path)), ...urls]) {
      const { status, text } = await reader.get(url)
      if (status !== 200) continue
      read += 1
      const found = never[kind].exec(text)
      const near = found ? text.slice(Math.max(0, found.index - 60), found.index + 60) : ''
      assert.equal(near, '', `${kind}, ${when}, ${name}, ${url}`)
    }
  assert.ok(read > 60, String(read))
}

async function walk({ w, office, resultId, applications }: Sealed, kind: keyof typeof never) {
  const [first] = applications
  const urls = [
    `/api/results/${resultId}/applications/${first}`,
    `/api/applications/${first}`,
    `/api/cycles/${w.cycleId}`,
    `/brands?stage=小学`,
  ]
  await readAll(w, kind, 'sealed', urls)
  const grade = kind === 'showcase' ? '' : ((await office.get('/api/naming')).body.grades[0] as string)
  const decided = await decide(office, resultId, decision([first], grade))
  assert.equal(decided.status, 200, decided.text)
  const notice = await draft(office)
  urls.push(`/api/notices/${notice}`, `/notices/${notice}`, `/notices/${notice}/objections`)
  await confirmDecision(w)
  assert.equal((await moveNotice(office, notice, 'post')).status, 200)
  await readAll(w, kind, 'posted', urls)
  const after = await later(w, '2026-11-16T16:00:00.000Z')
  assert.equal((await moveNotice(after, notice, 'end')).status, 200)
  const done = await confer(after)
  assert.equal(done.status, 200, done.text)
  urls.push('/certificates/YXYP-2026-0001', '/verify/YXYP-2026-0001', '/outcomes/2026')
  await readAll(w, kind, 'conferred', urls)
  return { after, notice: await w.visitor.get(`/notices/${notice}`) }
}

test('rule 2: a year of showing results has no place, no honour and no certificate on any page, list or sheet, from the seal on', async (t) => {
  const state = await sealed(t, 'showcase')
  const { office, resultId, w } = state
  const { places } = (await office.get('/api/ranking')).body
  assert.deepEqual(
    places.map((one: { place: null; decidedBy: string }) => [one.place, one.decidedBy]),
    [
      [null, ''],
      [null, ''],
    ],
  )
  const url = `/results/${resultId}/ranking.xlsx`
  const sheet = await w.app.inject({ url, headers: { host: HOST, cookie: office.cookie } })
  assert.equal(sheet.statusCode, 200)
  const path = join(w.house.settings.dataDir, 'ranking.xlsx')
  await writeFile(path, sheet.rawPayload)
  const words = JSON.stringify(await readTable(path))
  assert.match(words, /演示第一小学/)
  assert.doesNotMatch(words, never.showcase)
  const { after, notice } = await walk(state, 'showcase')
  assert.match(notice.text, /展示不评等次、不设奖项[^]*公布文号：演示教党〔2026〕12号/)
  const [award] = (await after.get('/api/naming')).body.awards
  assert.deepEqual([award.state, award.certificateNumber, award.validUntil], ['conferred', null, null])
  assert.equal((await w.visitor.get('/verify/YXYP-2026-0001')).status, 404)
})

for (const [kind, title, given] of [
  ['recognition', '认定证书', '经认定为'],
  ['commendation', '通报表扬证书', '受到通报表扬'],
] as const)
  test(`rule 2: a year of ${kind} says its own words on every page, and its certificate is none of honour`, async (t) => {
    const state = await sealed(t, kind)
    await walk(state, kind)
    const { text } = await (await state.w.as('secretary')).get('/certificates/YXYP-2026-0001')
    assert.ok(text.includes(title) && text.includes(given), text.slice(0, 400))
  })

test('rule 2: the console has the words of honours and places only where the year has them', async () => {
  const files: string[] = []
  for await (const file of glob('console/**/*.tsx')) files.push(file)
  const saying = files.filter((file) => {
    const said = readFileSync(file, 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '')
    return /拟授予|名次|荣誉证书|表彰/.test(said)
  })
  assert.deepEqual(saying.toSorted(), [
    'console/award/Decide.tsx',
    'console/award/Decisions.tsx',
    'console/award/NamingPage.tsx',
    'console/review/RankingPage.tsx',
  ])
})
