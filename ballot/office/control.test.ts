import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBallot } from '#server/ballot.ts'
import { batchBody, surveyBody, testBox } from '#tests/world/testBox.ts'
import { openControl } from './control.ts'
import { readBallotSettings } from '../settings.ts'

const secret = 'a secret of more than thirty-two characters'

test('a box in another process answers the same calls, says its refusals in its own words, and nothing without the secret', async (t) => {
  const { box } = await testBox(t)
  const control = openControl(box, secret, (error) => assert.fail(String(error)))
  t.after(() => control.close())
  const url = await control.listen({ port: 0, host: '127.0.0.1' })
  const remote = (known: string) =>
    openBallot({
      settings: { dataDir: '', publicUrl: 'https://yipin.test', trustProxy: false, ballot: { url, secret: known } },
      failed: () => undefined,
    }).calls
  const survey = surveyBody()
  const batches = [batchBody()]
  const prepared = await remote(secret).prepare(survey, batches)
  assert.match(prepared.fingerprint, /^[0-9a-f]{64}$/)
  assert.deepEqual(prepared, await box.calls.prepare(survey, batches))
  await remote(secret).open(survey.id)
  assert.deepEqual(await remote(secret).progress(survey.id), await box.calls.progress(survey.id))
  await assert.rejects(remote(secret).tally(survey.id), { name: 'BoxRefused', message: /还没有截止/ })
  await assert.rejects(remote('the secret of somebody else').progress(survey.id), /404/)
})

test('who does not know the secret is turned away before anything sent is read, and nothing is logged of it', async (t) => {
  const { box } = await testBox(t)
  const failures: unknown[] = []
  const control = openControl(box, secret, (error) => failures.push(error))
  t.after(() => control.close())
  const ask = (payload: string, known = 'somebody else', type = 'application/json') =>
    control.inject({
      method: 'POST',
      url: '/box/progress',
      headers: { authorization: `Bearer ${known}`, 'content-type': type },
      payload,
    })
  for (const [payload, type] of [
    ['{"args":', 'application/json'],
    ['<a/>', 'text/xml'],
    [' '.repeat(17 * 1_048_576), 'application/json'],
  ] as const)
    assert.equal((await ask(payload, undefined, type)).statusCode, 404, type)
  assert.deepEqual(failures, [])
  assert.equal((await ask('{"args":', secret)).statusCode, 400)
})

test('every wrong setting of the box is named at once', () => {
  const wrong = readBallotSettings({
    BALLOT_PORT: 'x',
    BALLOT_DATABASE_URL: 'mysql://',
    BALLOT_SECRET: 'short',
    PUBLIC_URL: 'nowhere',
  })
  assert.equal('mistakes' in wrong && wrong.mistakes.length, 4)
  const right = readBallotSettings({ BALLOT_SECRET: secret, PUBLIC_URL: 'https://yipin.test/' })
  assert.ok(!('mistakes' in right))
  assert.deepEqual([right.port, right.controlPort, right.publicUrl], [3001, 3002, 'https://yipin.test'])
})
