import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { canonical } from '#domain/base/canonical.ts'
import { differencesIn, type AuditFile } from './audit.ts'
import { digestOf, openKeys } from './keys.ts'
import { batchBody, openSurvey, testBox, vote } from '#tests/world/testBox.ts'

test('closing, counting and checking: the index follows rule 7 and the audit file recomputes to it', async (t) => {
  const { box } = await testBox(t)
  const batches = [
    batchBody({ audience: 'teacher', grade: '', className: '全体教师', codes: 10, size: 10 }),
    batchBody({ audience: 'parent', codes: 10, size: 10 }),
    batchBody({ audience: 'pupil', codes: 10, size: 10 }),
  ]
  const { survey, codes } = await openSurvey(box, batches)
  for (const code of codes)
    await vote(box, code, code.batch.audience === 'pupil' ? 'verySatisfied' : 'satisfied', {
      text: code.batch.audience === 'parent' ? '希望多开放图书角' : '',
    })
  await assert.rejects(box.calls.tally(survey.id), { name: 'BoxRefused' })
  await box.calls.close(survey.id)
  const tally = await box.calls.tally(survey.id)
  assert.deepEqual(await box.calls.tally(survey.id), tally, 'a second call answers the same')
  const file = JSON.parse(await box.calls.auditFile(survey.id)) as AuditFile
  assert.equal(file.schools[0]?.index, 8875, '0.40 × 85 + 0.35 × 85 + 0.25 × 100')
  assert.deepEqual(differencesIn(file), [])
  assert.equal((await box.calls.checkCodes(survey.id, 'school-1')).length, 30)
  assert.equal((await box.calls.remarks(survey.id)).length, 10)
})

test('a box that went down between the totals and the destruction of the keys finishes it at its next start', async (t) => {
  const state = await testBox(t)
  const { survey, codes } = await openSurvey(state.box, [batchBody({ codes: 6, size: 6 })])
  for (const code of codes) await vote(state.box, code)
  await state.box.calls.close(survey.id)
  state.box.context.keys.destroy = () => {
    throw new Error('the power is gone')
  }
  await assert.rejects(state.box.calls.tally(survey.id), /power/)
  assert.ok(state.box.context.keys.find(survey.id))
  const box = await state.reopen()
  assert.equal(box.context.keys.find(survey.id), undefined)
  assert.equal((await box.calls.tally(survey.id)).schools[0]?.audiences[0]?.cast, 6)
})

test('a closing that broke off loses none of the ballots that wait, whether or not it is tried again before counting', async (t) => {
  const state = await testBox(t)
  const { survey, codes } = await openSurvey(state.box, [batchBody({ codes: 8, size: 8 })])
  for (const code of codes.slice(0, 6)) await vote(state.box, code, 'satisfied', { text: '好' })
  const { keys } = state.box.context
  keys.find = () => {
    throw new Error('the power is gone')
  }
  await assert.rejects(state.box.calls.close(survey.id), /power/)
  const box = await state.reopen()
  assert.equal((await vote(box, codes[7] ?? assert.fail())).state, 'closed')
  const { schools } = await box.calls.tally(survey.id)
  assert.equal(schools[0]?.audiences[0]?.cast, 6)
  assert.equal(schools[0]?.audiences[0]?.items[0]?.counts.satisfied, 6)
  assert.equal((await box.calls.checkCodes(survey.id, 'school-1')).length, 6)
})
test('every change of an audit file is found: a count, a ballot more, another question, another roster', async (t) => {
  const { box } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 6, size: 6 })])
  for (const code of codes) await vote(box, code)
  await box.calls.close(survey.id)
  await box.calls.tally(survey.id)
  const text = await box.calls.auditFile(survey.id)
  const changes: ((file: AuditFile) => void)[] = [
    (file) => file.schools[0]?.checkCodes.pop(),
    (file) => Object.assign(file.schools[0]?.audiences[0]?.items[0]?.counts ?? {}, { satisfied: 5, verySatisfied: 1 }),
    (file) => Object.assign(file.schools[0] ?? {}, { index: 9900 }),
    (file) => Object.assign(file.survey.questionnaires[0]?.questions[0] ?? {}, { text: '换过的题目' }),
    (file) => Object.assign(file.opening.batches[0] ?? {}, { size: 60 }),
    (file) => Object.assign(file.seal, { signature: file.openingSignature }),
  ]
  for (const change of changes) {
    const file = JSON.parse(text) as AuditFile
    change(file)
    assert.notDeepEqual(differencesIn(file), [], change.toString())
  }
})

test('a file that was changed and signed anew with another key is told from the original by the published digest', async (t) => {
  const { box, folder } = await testBox(t)
  const { survey, codes } = await openSurvey(box, [batchBody({ codes: 6, size: 6 })])
  for (const code of codes) await vote(box, code)
  await box.calls.close(survey.id)
  const published = (await box.calls.tally(survey.id)).seal.digest
  const {
    seal: _seal,
    openingSignature: _opening,
    ...body
  } = JSON.parse(await box.calls.auditFile(survey.id)) as AuditFile
  Object.assign(body.schools[0]?.audiences[0]?.items[0]?.counts ?? {}, { satisfied: 0, verySatisfied: 6 })
  const forger = openKeys(join(folder, 'forger'))
  const digest = digestOf(canonical(body))
  const forged: AuditFile = {
    ...body,
    seal: { digest, signature: forger.sign(digest), publicKey: forger.publicKey },
    openingSignature: forger.sign(body.opening.digest),
  }
  assert.deepEqual(differencesIn(forged), [])
  assert.match(differencesIn(forged, published).join(), /与公布的不同/)
  assert.deepEqual(differencesIn(JSON.parse(await box.calls.auditFile(survey.id)) as AuditFile, published), [])
})

test('a void class counts for nothing, takes no more ballots, and its check codes are not among those that counted', async (t) => {
  const { box } = await testBox(t)
  const good = batchBody({ className: '1 班', codes: 6, size: 6 })
  const bad = batchBody({ className: '2 班', codes: 7, size: 7 })
  const { survey, codes } = await openSurvey(box, [good, bad])
  const last = codes.find((one) => one.batch.id === bad.id)
  assert.ok(last)
  for (const code of codes)
    if (code !== last) await vote(box, code, code.batch.id === bad.id ? 'verySatisfied' : 'fair')
  await box.calls.voidBatch(survey.id, bad.id)
  assert.equal((await vote(box, last)).state, 'void')
  await box.calls.close(survey.id)
  const { schools } = await box.calls.tally(survey.id)
  const parents = schools[0]?.audiences[0]
  assert.equal(parents?.cast, 6)
  assert.equal(parents?.items[0]?.counts.verySatisfied, 0)
  assert.equal((await box.calls.checkCodes(survey.id, 'school-1')).length, 6)
  assert.deepEqual(differencesIn(JSON.parse(await box.calls.auditFile(survey.id)) as AuditFile), [])
})

test('where only one class of several answered, the file names no number of a class and still recomputes', async (t) => {
  const { box } = await testBox(t)
  const classes = ['1 班', '2 班'].map((className) => batchBody({ className, size: 6, codes: 6 }))
  const { survey, codes } = await openSurvey(box, classes)
  for (const code of codes.filter((one) => one.batch.className === '1 班').slice(0, 5)) await vote(box, code)
  await box.calls.close(survey.id)
  await box.calls.tally(survey.id)
  const file = JSON.parse(await box.calls.auditFile(survey.id)) as AuditFile
  assert.deepEqual(
    file.batches.map((one) => one.cast),
    [null, null],
  )
  assert.equal(file.schools[0]?.audiences[0]?.cast, 5)
  assert.deepEqual(differencesIn(file), [])
})
