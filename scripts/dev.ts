import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'vite'

/** `npm run dev`: the demonstration year, a server that starts again with every change, and a console that redraws itself. */
const CONSOLE_PORT = Number(process.env['PORT'] ?? 3000)
const SERVER_PORT = CONSOLE_PORT + 1
const dataDir = process.env['DATA_DIR'] ?? 'dev-data'
const address = `http://localhost:${CONSOLE_PORT}`
const node = [process.execPath, '--disable-warning=ExperimentalWarning']
const environment = {
  ...process.env,
  DATA_DIR: dataDir,
  PORT: `${SERVER_PORT}`,
  // The browser speaks to the console's server, which hands everything else on.
  PUBLIC_URL: address,
}

if (!existsSync(join(dataDir, 'yipin.db'))) fillWithDemonstration()
const server = startServer()
const vite = await createServer({
  root: 'console',
  configFile: join('console', 'vite.config.ts'),
  server: {
    port: CONSOLE_PORT,
    strictPort: true,
    proxy: { '^/(?!console/)': { target: `http://localhost:${SERVER_PORT}`, changeOrigin: false, xfwd: true } },
  },
})
await vite.listen()
console.log(`\n工作台：${address}/console/　　公众页面：${address}/　　数据：${dataDir}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

/** The year is told once; delete the folder to have it told anew. */
function fillWithDemonstration(): void {
  const [command = '', ...flags] = node
  const done = spawnSync(command, [...flags, 'scripts/demo.ts'], { env: environment, stdio: 'inherit' })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

function startServer(): ChildProcess {
  const [command = '', ...flags] = node
  return spawn(command, [...flags, '--watch', '--watch-preserve-output', 'server/main.ts'], {
    env: environment,
    stdio: 'inherit',
  })
}

async function stop(): Promise<void> {
  server.kill()
  await vite.close()
  process.exit(0)
}
