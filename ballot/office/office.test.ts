import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openBox } from '../box/box.ts'
import { issueKit } from './office.ts'
import { batchBody, openSurvey, surveyBody, type TestBox, testBox, vote } from '#tests/world/testBox.ts'

test('new slips make the unused ones of the first printing worthless and keep what was answered', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 5, size: 5 })])
  const [used, unused] = codes
  assert.ok(used && unused)
  await vote(box, used)
  const again = await box.calls.printKit(survey.id, 'school-1')
  assert.equal(again.codes, 4)
  assert.equal((await vote(box, unused)).state, 'void')
  assert.equal((await box.calls.progress(survey.id))[0]?.issued, 5)
})

test('a survey whose key is lost can be erased so that another is held, and one whose key is there never', async (t) => {
  const one = await testBox(t)
  const { survey } = await openSurvey(one.box, [batchBody()])
  assert.equal(await one.box.calls.isLost(survey.id), false)
  await assert.rejects(one.box.calls.erase(survey.id), { name: 'BoxRefused' })
  rmSync(join(one.folder, 'ballot-keys', `${survey.id}.key`))
  assert.equal(await one.box.calls.isLost(survey.id), true)
  assert.match((await one.box.troubles()).join(), /密钥不见了/)
  await one.box.calls.erase(survey.id)
  assert.deepEqual(await one.box.troubles(), [])
  assert.equal(await one.box.calls.isLost(survey.id), true)
  const counted = await openSurvey(one.box, [{ ...batchBody(), id: randomUUID() }])
  await one.box.calls.close(counted.survey.id)
  await one.box.calls.tally(counted.survey.id)
  assert.equal(await one.box.calls.isLost(counted.survey.id), false, 'its key went with the counting')
  await assert.rejects(one.box.calls.erase(counted.survey.id), { name: 'BoxRefused' })
})

test('a rehearsal can be erased with everything it had, a real survey never', async (t) => {
  const { box } = await testBox(t)
  const rehearsal = await openSurvey(box, [batchBody({ codes: 3, size: 3 })], surveyBody({ rehearsal: true }))
  for (const code of rehearsal.codes) await vote(box, code)
  await box.calls.erase(rehearsal.survey.id)
  assert.equal((await vote(box, rehearsal.codes[0] ?? assert.fail())).state, 'unknown')
  const real = await openSurvey(box, [batchBody()])
  await assert.rejects(box.calls.erase(real.survey.id), { name: 'BoxRefused' })
})

test('questions and classes are frozen: the same again is harmless, anything else is refused', async (t) => {
  const { box } = await testBox(t)
  const survey = surveyBody()
  const batches = [batchBody()]
  const first = await box.calls.prepare(survey, batches)
  assert.deepEqual(await box.calls.prepare(survey, batches), first)
  const [asked, ...others] = survey.questionnaires
  assert.ok(asked)
  const changed = { ...survey, questionnaires: [{ ...asked, questions: asked.questions.slice(1) }, ...others] }
  await assert.rejects(box.calls.prepare(changed, batches), { name: 'BoxRefused' })
})

test('a name that the printed font cannot draw is told before anything freezes, with the sign, and taken once it was changed', async (t) => {
  const { box } = await testBox(t)
  const survey = surveyBody()
  const batch = batchBody({ schoolName: '试验𠮷小学' })
  await assert.rejects(box.calls.prepare(survey, [batch]), /“试验𠮷小学”里的“𠮷”.*换成字库有的字/)
  await box.calls.prepare(survey, [{ ...batch, schoolName: '试验吉小学' }])
})

test('a school renamed after a freezing that broke off is taken under its new name, until the first code is made', async (t) => {
  const { box } = await testBox(t)
  const survey = surveyBody()
  const batch = batchBody()
  const first = await box.calls.prepare(survey, [batch])
  const renamed = { ...batch, schoolName: '演示第一小学（东校区）' }
  const second = await box.calls.prepare(survey, [renamed])
  assert.equal(second.fingerprint, first.fingerprint)
  assert.notEqual(second.rosterDigest, first.rosterDigest)
  const kit = await issueKit(box.context, survey.id, batch.schoolId)
  assert.equal(kit.schoolName, renamed.schoolName)
  assert.equal(kit.batches.length, 1)
  await assert.rejects(box.calls.prepare(survey, [batch]), { name: 'BoxRefused' })
})

test('a box that was copied without its keys says so, and makes no new ones in silence', async (t) => {
  const one = await testBox(t)
  const { survey, codes } = await openSurvey(one.box, [batchBody()])
  const [code] = codes
  assert.ok(code)
  await one.box.close()
  const keys = join(one.folder, 'ballot-keys')
  renameSync(keys, `${keys}.away`)
  await assert.rejects(openAgain(one), { name: 'BoxBroken', message: /box\.key 不见了/ })
  assert.equal(existsSync(keys), false)
  // The key that signs is back, the survey's own is not.
  mkdirSync(keys)
  copyFileSync(join(`${keys}.away`, 'box.key'), join(keys, 'box.key'))
  one.box = await openAgain(one)
  assert.match((await one.box.troubles()).join(), /密钥不见了/)
  await assert.rejects(vote(one.box, code), /密钥不见了/)
  await assert.rejects(one.box.calls.printKit(survey.id, 'school-1'), /密钥不见了/)
  await one.box.calls.close(survey.id)
  await assert.rejects(one.box.calls.tally(survey.id), { name: 'BoxRefused', message: /密钥不见了/ })
  await one.box.close()
  copyFileSync(join(`${keys}.away`, `${survey.id}.key`), join(keys, `${survey.id}.key`))
  one.box = await openAgain(one)
  assert.deepEqual(await one.box.troubles(), [])
  await one.box.calls.tally(survey.id)
})

const openAgain = ({ folder, databaseUrl, time }: TestBox) =>
  openBox({
    folder,
    databaseUrl,
    publicUrl: 'https://yipin.test',
    now: () => new Date(time.now),
    print: { kit: async () => new Uint8Array(), paper: async () => new Uint8Array() },
  })
