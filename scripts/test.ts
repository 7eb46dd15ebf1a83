import { globSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { run } from 'node:test'
import { findPostgres, quickestFolder, startPostgres } from '#tests/world/postgres.ts'
import { checkStage } from './checks.ts'
import { together } from './together.ts'

/** `npm test`: checks, everything on SQLite, the server on PostgreSQL, the browser. `npm test -- <text>` runs files whose path has the text. */
const flags = process.argv.slice(2)
const STALLED_AFTER_MS = 25 * 60_000
const TOLD = 5
const UNTRACKED = new URL('../tests/world/untracked.ts', import.meta.url).href
const pattern = flags.find((flag) => !flag.startsWith('--'))
const has = (flag: string) => flags.includes(flag)

interface Stage {
  title: string
  passed: number
  failed: number
  skipped: number
  seconds: number
}

const all = globSync([
  '{domain,contract,server,console,ballot,demo,scripts}/**/*.test.ts',
  'tests/everywhere/*.test.ts',
  'portal-assets/**/*.test.ts',
]).filter((path) => !path.includes('node_modules'))
// The long files begin first: whatever is begun last decides when all is done.
const LONG = /(year|pages\w+|access|faults|durability)\.test\.ts$/
const longFirst = (one: string, other: string) => Number(LONG.test(other)) - Number(LONG.test(one))
const chosen = (pattern ? all.filter((path) => path.includes(pattern)) : all).toSorted(longFirst)
const browser = globSync('tests/e2e/*.test.ts')
  .filter((path) => !pattern || path.includes(pattern))
  .toSorted(longFirst)
// Pure tests say the same on any database.
const onDatabase = (path: string) => /^(server|ballot|demo|tests)[/\\]/.test(path)

// Two hundred processes load the same sources: what one of them has compiled, the others read.
process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules', '.cache', 'compiled')

// Worlds are a second old when they go: a disk that makes sure of each of their commits is waited for in vain.
process.env['TMPDIR'] ??= quickestFolder()

const stages: Stage[] = []
if (!pattern) stages.push(checkStage())
if (!has('--engine=postgres') && chosen.length > 0) stages.push(await runFiles('on SQLite', chosen, {}, 2))
const serverFiles = chosen.filter(onDatabase)
if ((!pattern || has('--engine=postgres')) && serverFiles.length > 0) await onPostgres(serverFiles)
if (!has('--no-browser') && browser.length > 0) stages.push(await runFiles('in the browser', browser, {}, 3))
finish()

async function onPostgres(files: string[]): Promise<void> {
  if (!findPostgres()) {
    console.log('\nPostgreSQL is not on this machine: its half of the tests is left out.')
    return
  }
  const cluster = await startPostgres()
  if (!cluster) return
  const stop = () => cluster.stop()
  // The cluster must not outlive us, however we end.
  process.once('exit', stop)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  try {
    stages.push(await runFiles('on PostgreSQL', files, { TEST_ENGINE: 'postgres', TEST_POSTGRES_URL: cluster.url }, 2))
  } finally {
    stop()
  }
}

async function runFiles(
  title: string,
  files: string[],
  env: Record<string, string>,
  concurrency: number,
): Promise<Stage> {
  console.log(`\n── ${title}: ${files.length} files`)
  const started = performance.now()
  const stage: Stage = { title, passed: 0, failed: 0, skipped: 0, seconds: 0 }
  Object.assign(process.env, env)
  const entries = pattern || files === browser ? files : together(files, title)
  let finished = 0
  const watch = watchForStall()
  const silent = new Set(files.map((file) => resolve(file)))
  const spent = new Map<string, number>()
  await new Promise<void>((done, broken) => {
    const events = run({
      files: entries,
      concurrency,
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', UNTRACKED],
    })
    events.on('test:pass', ({ name, skip, file }) => {
      if (isFile(name, entries)) return
      silent.delete(file ?? '')
      if (skip) stage.skipped += 1
      else stage.passed += 1
    })
    // Passes are told in the order of the files, ends as they come: so a file of minutes is seen to go on.
    events.on('test:complete', ({ name, nesting, file, details }) => {
      watch.refresh()
      if (nesting === 0 && file && !isFile(name, entries)) spent.set(file, (spent.get(file) ?? 0) + details.duration_ms)
      if (nesting > 0 || isFile(name, entries)) return
      finished += 1
      if (files === browser) console.log(`  ${name}: ${since(started)} s`)
      else if (finished % 50 === 0) console.log(`  ${finished} tests, ${since(started)} s`)
    })
    events.on('test:fail', ({ name, file, details }) => {
      stage.failed += 1
      silent.delete(file ?? '')
      const error = details.error.cause instanceof Error ? details.error.cause : details.error
      console.log(`\n✖ ${name}\n  ${file ?? ''}\n${String(error.stack ?? error.message ?? error)}\n`)
    })
    // An error that nobody awaited is its file's; what it says stands here only.
    events.on('test:diagnostic', ({ message, file }) => {
      if (message.startsWith('Error: ')) console.log(`  ${relative('.', file ?? '')}: ${message}`)
    })
    events.on('test:stderr', ({ message }) => process.stderr.write(message))
    events.on('error', broken)
    events.on('end', done)
    events.resume()
  })
  clearTimeout(watch)
  for (const name of Object.keys(env)) delete process.env[name]
  stage.seconds = since(started)
  tellSlowest(spent)
  // A file whose tests never ran would otherwise look like success.
  for (const file of silent) console.log(`✖ ${title}: no test ran in ${file}`)
  stage.failed += silent.size
  return stage
}

/** Where a stage spends its time: whoever wants it shorter begins there. */
function tellSlowest(spent: Map<string, number>): void {
  const slowest = [...spent].toSorted(([, one], [, other]) => other - one).slice(0, TOLD)
  for (const [file, ms] of slowest) console.log(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${relative('.', file)}`)
}

/** No test has a limit of its own, for a slow machine is no fault; a run in which nothing ends any more is. */
function watchForStall(): NodeJS.Timeout {
  return setTimeout(() => {
    console.log(`✖ no test has ended for ${STALLED_AFTER_MS / 60_000} minutes: the run is given up`)
    process.exit(1)
  }, STALLED_AFTER_MS)
}

function isFile(name: string, files: string[]): boolean {
  return files.some((file) => name === file || name.endsWith(`/${file}`))
}

function since(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10
}

function finish(): void {
  console.log('\nstage              passed  failed  skipped  seconds')
  for (const one of stages)
    console.log(
      `${one.title.padEnd(18)} ${String(one.passed).padStart(6)} ${String(one.failed).padStart(7)} ${String(one.skipped).padStart(8)} ${one.seconds.toFixed(1).padStart(8)}`,
    )
  const total = (key: 'passed' | 'failed' | 'skipped') => stages.reduce((sum, one) => sum + one[key], 0)
  const skipped = total('skipped') > 0 ? `, ${total('skipped')} skipped` : ''
  console.log(`\n${total('passed')} passed, ${total('failed')} failed${skipped}`)
  // Children that a test left behind must not keep the runner alive.
  process.exit(total('failed') > 0 || total('passed') === 0 ? 1 : 0)
}
