import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

export interface Cluster {
  url: string
  /** As an administrator does it (`fast`), or as after a crash (`immediate`): every connection breaks. */
  restart(mode: 'fast' | 'immediate'): void
  /** The postmaster, for a test that makes it hang. */
  pid(): number
  stop(): void
}

/** Where initdb and pg_ctl are, newest first, or nothing. */
export function findPostgres(): string | undefined {
  const versions = '/usr/lib/postgresql'
  const folders = existsSync(versions)
    ? readdirSync(versions)
        .toSorted((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, 'bin'))
    : []
  const onPath = (process.env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':')
  return [...folders, ...onPath].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')),
  )
}

/** For a cluster that is thrown away: nothing is written for the day after, nothing is tidied, no query is worth compiling. */
const FLEETING = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'autovacuum=off',
  'jit=off',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

/** Starts a cluster of its own in a temporary folder; PostgreSQL refuses root, so root steps down to `postgres`. */
export async function startPostgres({ sync = false, connections = 200 } = {}): Promise<Cluster | undefined> {
  const bin = findPostgres()
  if (!bin) return undefined
  const folder = mkdtempSync(join(quickestFolder(), 'yipin-postgres-'))
  const root = process.getuid?.() === 0
  const user = root ? 'postgres' : userInfo().username
  if (root) {
    const ids = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })))
    chownSync(folder, ids[0] ?? 0, ids[1] ?? 0)
  }
  const run = (program: string, args: string[]) => {
    const path = join(bin, program)
    // Nothing of the server may hold our output open, or whoever reads it waits for ever.
    if (root) execFileSync('runuser', ['-u', 'postgres', '--', path, ...args], { stdio: 'ignore', cwd: folder })
    else execFileSync(path, args, { stdio: 'ignore', cwd: folder })
  }
  const data = join(folder, 'data')
  const port = await freePort()
  const durable = sync ? '' : FLEETING
  run('initdb', ['-D', data, '-U', user, '-E', 'UTF8', '--locale=C.UTF-8', '-A', 'trust'])
  const options = `-p ${port} -h 127.0.0.1 -k ${folder} ${durable} -c max_connections=${connections}`
  run('pg_ctl', ['-D', data, '-o', options, '-l', join(folder, 'log'), '-w', 'start'])
  let stopped = false
  return {
    url: `postgres://${user}@127.0.0.1:${port}/postgres`,
    restart: (mode) =>
      run('pg_ctl', ['-D', data, '-o', options, '-l', join(folder, 'log'), '-m', mode, '-w', 'restart']),
    pid: () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    stop() {
      if (stopped) return
      stopped = true
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const MEMORY_FOLDER = '/dev/shm'
const ROOM = 2 * 1024 ** 3

/** Every world is a database of its own, on PostgreSQL three hundred files to copy: in memory that takes a sixth of the time on a disk. */
export function quickestFolder(): string {
  if (!existsSync(MEMORY_FOLDER)) return tmpdir()
  const { bavail, bsize } = statfsSync(MEMORY_FOLDER)
  return bavail * bsize >= ROOM ? MEMORY_FOLDER : tmpdir()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
