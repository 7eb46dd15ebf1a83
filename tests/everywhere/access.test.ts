import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { routes } from '#server/app.ts'
import { matrix } from './access/index.ts'
import { type AccessRow, callers, type CallerName, type Outcome } from './access/row.ts'
import { callerFor, callAs } from '#tests/world/callAs.ts'
import { type Caller, world } from '#tests/world/world.ts'

const rows = matrix.flatMap((feature) => Object.entries(feature))

test('every endpoint and page has exactly one row in the access matrix', () => {
  const names = rows.map(([name]) => name)
  assert.deepEqual(names.toSorted(), routes.map((route) => route.name).toSorted())
})

for (const [name, row] of rows) {
  const route = routes.find((one) => one.name === name)
  if (!route) continue
  test(`${name} (${route.method} ${route.path}) answers each caller as the matrix says`, async () => {
    const { w, callerOf } = await untouchedWorld()
    const asked = await row.call(w)
    const got: Partial<Record<CallerName, Outcome>> = {}
    const wanted: Partial<Record<CallerName, Outcome>> = {}
    for (const name of callers) {
      const answer = await callAs(await callerOf(name), route.method, asked)
      assert.ok(answer.status < 500, `${name}: ${answer.status} ${answer.text.slice(0, 400)}`)
      got[name] = outcomeOf(answer.status, String(answer.headers['location'] ?? ''))
      wanted[name] = expected(row, name)
    }
    assert.deepEqual(got, wanted)
  })
}

let shared: Awaited<ReturnType<typeof sharedWorld>> | undefined
after(() => shared?.close())

/** The world of the row before, where that row left no trace; a fresh one otherwise. */
async function untouchedWorld() {
  if (shared && !(await shared.untouched())) {
    await shared.close()
    shared = undefined
  }
  shared ??= await sharedWorld()
  return shared
}

async function sharedWorld() {
  const closing: (() => Promise<void>)[] = []
  const w = await world({ after: (close) => void closing.push(close) })
  const known = new Map<CallerName, Caller>()
  // Whatever changes anything is audited: a log that did not grow, at the hour it was, says that nothing did.
  const state = async () => {
    const { n } = await w.house.database.reader
      .selectFrom('auditRow')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('event', '!=', 'test.session')
      .executeTakeFirstOrThrow()
    return `${n} ${w.house.clock.now().toISOString()}`
  }
  const fresh = await state()
  return {
    w,
    untouched: async () => (await state()) === fresh,
    callerOf: async (name: CallerName) => {
      const caller = known.get(name) ?? (await callerFor(w, name))
      known.set(name, caller)
      return caller
    },
    close: async () => {
      for (const close of closing) await close()
    },
  }
}

function expected(row: AccessRow, name: CallerName): Outcome {
  return row.expect[name] ?? (name === 'visitor' ? 401 : row.expect.others)
}

/** A page sends a visitor to the sign-in instead of answering 401. */
function outcomeOf(status: number, location: string): Outcome {
  if (status === 303 && location.startsWith('/sign-in?next=')) return 401
  return status === 401 || status === 403 || status === 404 ? status : 'ok'
}
