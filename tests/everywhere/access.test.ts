import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes } from '#server/app.ts'
import { matrix } from './access/index.ts'
import { type AccessRow, callers, type CallerName, type Outcome } from './access/row.ts'
import { callerFor, knock } from '#tests/world/knock.ts'
import { world } from '#tests/world/world.ts'

const rows = matrix.flatMap((feature) => Object.entries(feature))

test('every endpoint and page has exactly one row in the access matrix', () => {
  const names = rows.map(([name]) => name)
  assert.deepEqual(names.toSorted(), routes.map((route) => route.name).toSorted())
})

for (const [name, row] of rows) {
  const route = routes.find((one) => one.name === name)
  if (!route) continue
  test(`${name} (${route.method} ${route.path}) answers each caller as the matrix says`, async (t) => {
    const w = await world(t)
    const asked = await row.call(w)
    const got: Partial<Record<CallerName, Outcome>> = {}
    const wanted: Partial<Record<CallerName, Outcome>> = {}
    for (const name of callers) {
      const caller = await callerFor(w, name)
      const answer = await knock(caller, route.method, asked)
      assert.ok(answer.status < 500, `${name}: ${answer.status} ${answer.text.slice(0, 400)}`)
      got[name] = outcomeOf(answer.status, String(answer.headers['location'] ?? ''))
      wanted[name] = expected(row, name)
    }
    assert.deepEqual(got, wanted)
  })
}

function expected(row: AccessRow, name: CallerName): Outcome {
  return row.expect[name] ?? (name === 'visitor' ? 401 : row.expect.others)
}

/** A page sends a visitor to the sign-in instead of answering 401. */
function outcomeOf(status: number, location: string): Outcome {
  if (status === 303 && location.startsWith('/sign-in?next=')) return 401
  return status === 401 || status === 403 || status === 404 ? status : 'ok'
}
