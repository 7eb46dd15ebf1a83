import { spawnSync } from 'node:child_process'

/** `npm run check`: what can be said without a browser. */
const done = spawnSync(process.execPath, ['scripts/test.ts', '--no-browser'], { stdio: 'inherit' })
process.exit(done.status ?? 1)
