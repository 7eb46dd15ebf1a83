import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'

/** What the voters of a bench do: each takes the next code and posts its ballot, so many at once, until the codes or the time end. */
export interface Voting {
  url: string
  codes: string[]
  /** The mark of a form that is sent again; every ballot has one of its own unless it is given. */
  attempt?: string
  /** The fields of the form besides code and attempt, encoded. */
  fields: string
  callers: number
  seconds: number
  /** Ballots in a second over all callers; as fast as possible when it is not given. */
  pace?: number
}

export interface Voted {
  rate: number
  /** Codes whose ballot was answered with 200, and their attempts by code for those that were not. */
  counted: string[]
  unanswered: { code: string; attempt: string }[]
  refused: number
  medianMs: number
  slowMs: number
}

async function drive(job: Voting): Promise<Voted> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.callers })
  const times: number[] = []
  const voted = { counted: [] as string[], unanswered: [] as { code: string; attempt: string }[], refused: 0 }
  const started = performance.now()
  const until = started + job.seconds * 1000
  const next = { at: 0 }
  const broken = { yes: false }
  const one = async () => {
    while (performance.now() < until && !broken.yes) {
      const at = next.at
      const code = job.codes[at]
      if (code === undefined) return
      next.at += 1
      const due = job.pace ? started + (at * 1000) / job.pace : 0
      if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
      const from = performance.now()
      const attempt = job.attempt ?? randomBytes(16).toString('base64url')
      try {
        const status = await post(job, { code, attempt, agent })
        times.push(performance.now() - from)
        if (status === 200) voted.counted.push(code)
        else voted.refused += 1
      } catch {
        voted.unanswered.push({ code, attempt })
        broken.yes = true
      }
    }
  }
  await Promise.all(Array.from({ length: job.callers }, one))
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  const sorted = times.toSorted((a, b) => a - b)
  const share = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return { rate: voted.counted.length / seconds, ...voted, medianMs: share(0.5), slowMs: share(0.95) }
}

function post({ url, fields }: Voting, one: { code: string; attempt: string; agent: Agent }): Promise<number> {
  const body = `code=${one.code}&attempt=${one.attempt}&${fields}`
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    origin: new URL(url).origin,
  }
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent: one.agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

process.once('message', (job: Voting) => {
  process.send?.('voting')
  drive(job).then(
    (voted) => process.send?.(voted, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
