// Installs and builds what a command needs; runs on whatever Node the machine has, before anything of ours is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const wanted = process.argv[2] ?? 'start'
const windows = process.platform === 'win32'

ensurePackages()
if (wanted !== 'check') ensureConsole()
if (wanted === 'test') ensureBrowser()

function ensurePackages() {
  if (existsSync('node_modules') && lstatSync('node_modules').isSymbolicLink()) return
  const stamp = join('node_modules', '.yipin-stamp')
  const lock = digestOf(['package-lock.json'])
  if (read(stamp) === lock) return
  say('installing packages (npm ci) …')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, lock)
}

function ensureConsole() {
  const stamp = join('console', 'dist', '.stamp')
  const sources = digestOf([...filesIn('console'), ...filesIn('contract'), ...filesIn('domain'), 'package-lock.json'])
  if (read(stamp) === sources) return
  say('building the console …')
  run(join('node_modules', '.bin', 'vite'), ['build', 'console', '--logLevel', 'warn'])
  mkdirSync(join('console', 'dist'), { recursive: true })
  writeFileSync(stamp, sources)
}

function ensureBrowser() {
  const places = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    process.env.CHROMIUM ?? '',
  ]
  if (places.some((place) => place !== '' && existsSync(place))) return
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('installing Chromium and Chinese fonts with apt …')
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk'])
    return
  }
  say(
    'the browser tests need Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM to its path.',
  )
  process.exit(1)
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
