import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { test } from 'node:test'
import { routes } from '#server/app.ts'
import { matrix } from './access/index.ts'
import { callers } from './access/row.ts'
import { callerFor, knock } from './knock.ts'
import { type World, world } from './world.ts'

interface Fault {
  /** How many calls of the database still succeed. */
  left: number
  /** The disk stays away, so that taking back fails too. */
  lasting: boolean
  hit: boolean
}

let fault: Fault | undefined

function pass(): void {
  if (!fault || (fault.hit && !fault.lasting)) return
  if (fault.left > 0) {
    fault.left -= 1
    return
  }
  fault.hit = true
  throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 10 })
}

// Every statement of the server and of the ballot box goes through these, `begin` and `commit` too.
for (const name of ['run', 'all', 'get', 'iterate'] as const) {
  const whole = StatementSync.prototype[name] as (...parameters: never[]) => unknown
  Object.defineProperty(StatementSync.prototype, name, {
    value(this: StatementSync, ...parameters: never[]) {
      pass()
      return whole.apply(this, parameters)
    },
  })
}

const exec = DatabaseSync.prototype.exec
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
  pass()
  exec.call(this, sql)
}

const skip = process.env['TEST_ENGINE'] === 'postgres' && 'breaks the embedded database'

const writing = matrix
  .flatMap((feature) => Object.entries(feature))
  .flatMap(([name, row]) =>
    routes.filter((one) => one.name === name && one.method !== 'GET').map((route) => ({ row, route })),
  )

for (const { row, route } of writing)
  test(`${route.name}: whichever call of the database fails, once or for good, nothing is half done and the next try works`, {
    skip,
  }, async (t) => {
    const w = await world(t)
    const asked = await row.call(w)
    const state = openState(w, route.name)
    t.after(() => state.close())
    // The first who may knock need not be the one who may do it now; whoever is refused leaves all as it was for the next.
    for (const name of callers.filter((one) => row.expect[one] === 'ok')) {
      const caller = await callerFor(w, name)
      const answer = await breakEveryCall(() => knock(caller, route.method, asked), state)
      if (answer.status < 400) break
    }
  })

/** Lets the first call fail, then the second, …, each once and for good, until an answer needs no more calls. */
async function breakEveryCall<A extends { status: number; text: string }>(
  call: () => Promise<A>,
  state: ReturnType<typeof openState>,
): Promise<A> {
  for (let left = 0; ; left += 1)
    for (const lasting of [false, true]) {
      const before = state.read()
      const armed: Fault = { left, lasting, hit: false }
      fault = armed
      const answer = await call()
      fault = undefined
      const told = `call ${left + 1}${lasting ? ' and all after it' : ''}: ${answer.status} ${answer.text.slice(0, 300)}`
      if (!armed.hit) {
        assert.ok(answer.status < 500, told)
        return answer
      }
      assert.ok(answer.status >= 500, told)
      assert.match(answer.text, /系统出了问题/, told)
      assert.deepEqual(state.changed(before), [], told)
    }
}

// Seeing who asks moves the end of the session, whatever is asked.
const IDLE = ['session']
// A wrong password or slip counts, even when the page that says so cannot be drawn.
const WRONG_TRIES = new Set(['signInForm', 'activateForm', 'changePasswordForm'])
const COUNTED = ['signInFailure', 'auditHead', 'auditRow']

function openState(w: World, name: string) {
  const idle = WRONG_TRIES.has(name) ? [...IDLE, ...COUNTED] : IDLE
  const file = new DatabaseSync(join(w.house.settings.dataDir, 'yipin.db'), { readOnly: true })
  const tables = file
    .prepare("select name from sqlite_master where type = 'table' order by name")
    .all()
    .map((one) => String(one['name']))
    .filter((one) => !idle.includes(one))
  const read = () =>
    new Map(tables.map((name) => [name, JSON.stringify(file.prepare(`select * from "${name}"`).all())]))
  return {
    read,
    changed: (before: Map<string, string>) =>
      [...read()].flatMap(([name, rows]) => (before.get(name) === rows ? [] : [name])),
    close: () => file.close(),
  }
}
