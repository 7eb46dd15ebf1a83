// Installs and builds what a command needs; runs on whatever Node the machine has, before anything of ours is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'

const wanted = process.argv[2] ?? 'start'
const NEW = '.node_modules.new'
const OLD = '.node_modules.old'
const windows = process.platform === 'win32'

ensurePackages()
ensurePacked()
if (wanted !== 'check') ensureConsole()
if (wanted === 'test') ensureBrowser()
if (wanted === 'test' || wanted === 'check') mentionPostgres()

function ensurePackages() {
  if (existsSync('node_modules') && lstatSync('node_modules').isSymbolicLink()) return
  // Put off between the two renames below.
  if (!existsSync('node_modules') && existsSync(OLD)) renameSync(OLD, 'node_modules')
  const stamp = join('node_modules', '.yipin-stamp')
  const lock = digestOf(['package-lock.json'])
  if (read(stamp) === lock) return
  if (alreadyInstalled()) {
    writeFileSync(stamp, lock)
    return
  }
  say('installing packages (npm ci) …')
  installBeside()
  writeFileSync(stamp, lock)
}

/** Installed by other means (`npm ci --omit=dev`, a copy from another machine): every package that runs is there in its version. */
function alreadyInstalled() {
  const wanted = packagesIn('package-lock.json')
  const found = packagesIn(join('node_modules', '.package-lock.json'))
  if (!wanted || !found) return false
  const needed = Object.entries(wanted).filter(
    ([path, one]) => path !== '' && !one.optional && !(one.dev && runsOnly()),
  )
  return needed.every(([path, one]) => found[path]?.version === one.version)
}

/** With the console built, a start needs nothing that only builds and tests. */
function runsOnly() {
  return wanted !== 'test' && existsSync(join('console', 'dist', 'index.html'))
}

function packagesIn(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined
}

/** `npm ci` empties node_modules before it knows whether it can fill it: so it works beside, and what runs is swapped when all is there. */
function installBeside() {
  rmSync(NEW, { recursive: true, force: true })
  mkdirSync(NEW)
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    if (existsSync(name)) cpSync(name, join(NEW, name))
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: NEW,
    stdio: 'inherit',
    shell: windows,
  })
  if (done.status !== 0) {
    rmSync(NEW, { recursive: true, force: true })
    say('the packages could not be installed; what was installed before is untouched.')
    say('Without a network: run npm ci in a copy of this folder on a machine of the same kind with one, and copy its')
    say('node_modules here; or put the files of the version before back, which still runs.')
    process.exit(1)
  }
  rmSync(OLD, { recursive: true, force: true })
  if (existsSync('node_modules')) renameSync('node_modules', OLD)
  renameSync(join(NEW, 'node_modules'), 'node_modules')
  rmSync(OLD, { recursive: true, force: true })
  rmSync(NEW, { recursive: true, force: true })
}

function ensurePacked() {
  const stamp = join('node_modules', '.cache', 'packed', '.stamp')
  const sources = digestOf(['package-lock.json', join('server', 'packed.ts'), join('scripts', 'pack.ts')])
  if (read(stamp) === sources) return
  // It only makes the start quicker; without the tools that build, the packages are loaded as they are.
  if (!existsSync(join('node_modules', 'rolldown'))) return
  run(join('node_modules', '.bin', 'node'), [join('scripts', 'pack.ts')])
  writeFileSync(stamp, sources)
}

function ensureConsole() {
  const stamp = join('console', 'dist', '.stamp')
  const folders = ['console', 'contract', 'domain', 'portal-assets']
  const sources = digestOf([...folders.flatMap(filesIn), 'package-lock.json'])
  if (read(stamp) === sources) return
  if (!existsSync(join('node_modules', 'vite')) && existsSync(join('console', 'dist', 'index.html'))) {
    say('the console is older than its sources and cannot be built here; it is served as it is.')
    return
  }
  say('building the console …')
  run(join('node_modules', '.bin', 'vite'), ['build', 'console', '--logLevel', 'warn'])
  mkdirSync(join('console', 'dist'), { recursive: true })
  writeFileSync(stamp, sources)
}

function ensureBrowser() {
  const missing = []
  const places = [
    process.env.CHROMIUM ?? '',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]
  if (!places.some((place) => place !== '' && existsSync(place))) missing.push('chromium')
  if (process.platform === 'linux' && !hasChineseFont()) missing.push('fonts-noto-cjk')
  if (missing.length === 0) return
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say(`installing ${missing.join(' and ')} with apt …`)
    process.env.DEBIAN_FRONTEND = 'noninteractive'
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', ...missing])
    return
  }
  say(`the browser tests need ${missing.join(' and ')}.`)
  say('On Debian: apt-get install chromium fonts-noto-cjk. Elsewhere set CHROMIUM to the path of Chromium or Chrome.')
  process.exit(1)
}

/** Without one, Chinese text is drawn as boxes and no page is as wide as it will be for people. */
function hasChineseFont() {
  const listed = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' })
  return listed.status === 0 && listed.stdout.trim() !== ''
}

function mentionPostgres() {
  const versions = '/usr/lib/postgresql'
  const onPath = (process.env.PATH ?? '').split(delimiter)
  const folders = existsSync(versions) ? readdirSync(versions).map((one) => join(versions, one, 'bin')) : []
  const names = windows ? ['initdb.exe'] : ['initdb']
  if ([...folders, ...onPath].some((folder) => names.some((name) => existsSync(join(folder, name))))) return
  say('PostgreSQL is not on this machine: the tests will run on SQLite only.')
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.name === 'dist' || entry.name === 'node_modules') return []
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path) : [path]
    })
    .sort()
}

function digestOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

function run(command, args) {
  const done = spawnSync(command, args, { stdio: 'inherit', shell: windows })
  if (done.status !== 0) {
    say(`${command} ${args.join(' ')} failed${done.error ? `: ${done.error.message}` : ''}`)
    process.exit(1)
  }
}

function say(line) {
  console.log(`yipin: ${line}`)
}
