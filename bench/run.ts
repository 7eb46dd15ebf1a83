import { type Finding, met } from './measure.ts'

const benches: Record<string, () => Promise<Finding>> = {
  weight: async () => (await import('./weight.ts')).weigh(),
  start: async () => (await import('./start.ts')).timeStart(),
  portal: async () => (await import('./portal.ts')).drivePortal(),
  list: async () => (await import('./list.ts')).driveList(),
  scale: async () => (await import('./scale.ts')).driveScale(),
  ballots: async () => (await import('./ballots.ts')).driveBallots(),
  ballotDurability: async () => (await import('./ballotDurability.ts')).proveBallots(),
  durability: async () => (await import('./durability.ts')).proveDurability(),
}

/** `npm run bench` runs all, `npm run bench -- <name> --json` one, whose last line then is one JSON object. */
async function main(): Promise<number> {
  const asked = process.argv.slice(2).filter((one) => !one.startsWith('--'))
  const unknown = asked.filter((name) => !Object.hasOwn(benches, name))
  if (unknown.length > 0) {
    console.error(`no bench is called ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)
    return 2
  }
  let missed = 0
  for (const name of asked.length > 0 ? asked : Object.keys(benches)) {
    const found = await benches[name]?.()
    if (!found) continue
    report(found)
    if (!met(found)) missed += 1
    if (process.argv.includes('--json')) {
      const { lines: _, better: _better, ...rest } = found
      console.log(JSON.stringify({ ...rest, met: met(found) }))
    }
  }
  return missed > 0 ? 1 : 0
}

function report(found: Finding): void {
  for (const line of found.lines) console.log(`  ${line}`)
  for (const one of found.also ?? [])
    console.log(`  ${one.what}: ${one.value.toFixed(1)} (at most ${one.atMost})${one.value <= one.atMost ? '' : ' ✖'}`)
  const sign = found.better === 'more' ? '≥' : '≤'
  const verdict = met(found) ? 'met' : 'MISSED'
  console.log(`${found.bench}: ratio ${found.ratio.toFixed(2)} (goal ${sign} ${found.goal}) ${verdict}`)
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error)
    process.exit(2)
  },
)
