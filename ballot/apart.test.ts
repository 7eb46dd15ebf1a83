import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { openApp } from '#server/app.ts'
import { answersOf, batchBody, castIn, openSurvey } from '#tests/world/testBox.ts'
import { world } from '#tests/world/world.ts'

test('V7: somebody who is signed in answers, and neither the server’s tables, nor its audit, nor its log tell of it', async (t) => {
  const w = await world(t)
  const clerk = await w.as('clerk')
  const box = await w.ballot.box()
  const { codes, survey } = await openSurvey(box, [
    batchBody({ audience: 'teacher', grade: '', className: '全体教师' }),
  ])
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const app = await openApp({ ...w.house, log }, { respondents: w.ballot.handle })
  t.after(() => app.close())
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const everything = async () => {
    const tables = ['session', 'account', 'person', 'auditRow', 'survey', 'surveyBatch', 'file', 'setting'] as const
    const rows = []
    for (const table of tables) rows.push(await w.house.database.reader.selectFrom(table).selectAll().execute())
    return JSON.stringify(rows)
  }
  const before = await everything()
  lines.length = 0
  const [code] = codes
  assert.ok(code)
  const fields = Object.fromEntries(
    Object.entries(answersOf('teacher', 'fair')).map(([id, answer]) => [`q-${id}`, answer]),
  )
  const answer = await fetch(`${url}/t`, {
    method: 'POST',
    headers: { cookie: clerk.cookie ?? '', origin: url },
    body: new URLSearchParams({ code: code.secret, attempt: 'A'.repeat(22), text: '图书角很好', ...fields }),
  })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('set-cookie'), null)
  assert.equal(await castIn(box, survey.id), 1)
  assert.equal(await everything(), before)
  assert.deepEqual(lines, [], 'not one line was logged')
})
