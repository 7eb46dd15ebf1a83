import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const bin = (name: string) => join('node_modules', '.bin', name)

const checks: [string, string, string[]][] = [
  ['format', bin('biome'), ['format', '.']],
  ['lint', bin('oxlint'), ['.']],
  ['types', bin('tsc'), ['-p', '.']],
  ['imports', process.execPath, ['scripts/check-imports.ts']],
]

/** Format, lint, types and the import table, each counted as one test. */
export function checkStage() {
  const started = performance.now()
  const stage = { title: 'checks', passed: 0, failed: 0, skipped: 0, seconds: 0 }
  for (const [title, command, args] of checks) {
    const done = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' })
    if (done.status === 0) {
      stage.passed += 1
      console.log(`✔ ${title}`)
    } else {
      stage.failed += 1
      console.log(`✖ ${title}\n${done.stdout}${done.stderr}`)
    }
  }
  stage.seconds = Math.round((performance.now() - started) / 100) / 10
  return stage
}
