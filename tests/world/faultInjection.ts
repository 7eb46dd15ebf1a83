import { DatabaseSync, StatementSync } from 'node:sqlite'

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

export const skipOnPostgres = process.env['TEST_ENGINE'] === 'postgres' && 'breaks the embedded database'

/**
 * Calls again and again: the first call of the database fails, then the second, …, each once and then with all after it, until an
 * answer needs no more of them. `broken` sees every answer in between with what was broken.
 */
export async function breakEveryCall<A>(
  call: () => Promise<A>,
  broken: (answer: PromiseSettledResult<A>, told: string) => void | Promise<void>,
): Promise<A> {
  for (let left = 0; ; left += 1)
    for (const lasting of [false, true]) {
      const armed: Fault = { left, lasting, hit: false }
      fault = armed
      const [answer] = await Promise.allSettled([call()])
      fault = undefined
      if (armed.hit) await broken(answer, `call ${left + 1}${lasting ? ' and all after it' : ''}`)
      else if (answer.status === 'fulfilled') return answer.value
      else throw answer.reason
    }
}
