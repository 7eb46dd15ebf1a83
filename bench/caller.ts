import { Agent, request } from 'node:http'

/** What the callers of a bench do: the same request again and again, so many at once, for so long. */
export interface Job {
  url: string
  headers?: Record<string, string>
  callers: number
  seconds: number
}

export interface Tally {
  /** Answers with 200 per second. */
  rate: number
  answered: number
  medianMs: number
  p95Ms: number
  slowMs: number
}

async function drive(job: Job): Promise<Tally> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.callers })
  const times: number[] = []
  const started = performance.now()
  const until = started + job.seconds * 1000
  const one = async () => {
    while (performance.now() < until) {
      const from = performance.now()
      await ask(job, agent)
      times.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: job.callers }, one))
  const seconds = (performance.now() - started) / 1000
  agent.destroy()
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { rate: times.length / seconds, answered: times.length, medianMs: at(0.5), p95Ms: at(0.95), slowMs: at(0.99) }
}

function ask({ url, headers = {} }: Job, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${answer.statusCode}`)),
      )
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end()
  })
}

process.once('message', (job: Job) => {
  drive(job).then(
    (tally) => process.send?.(tally, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
