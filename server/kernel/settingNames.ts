import { existsSync, readFileSync } from 'node:fs'

/** Every name that means something in `.env`; a test holds the list against docs/operations.md. */
export const settingNames = [
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'DATA_DIR',
  'DATABASE_URL',
  'LOG_LEVEL',
  'TRUST_PROXY',
  'HSTS',
  'ADOPT_DATA_DIR',
  'BALLOT_DATABASE_URL',
  'BALLOT_KEY_DIR',
  'BALLOT_NEW_KEY',
  'BALLOT_URL',
  'BALLOT_SECRET',
  'BALLOT_HOST',
  'BALLOT_PORT',
  'BALLOT_CONTROL_PORT',
  'BALLOT_DATA_DIR',
] as const

/** What stands in `.env` and sets nothing, a mistyped name above all, in words with the name that is nearest. */
export function unknownSettings(path: string): string[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .flatMap((line, at) => {
      const text = line.trim()
      if (text === '' || text.startsWith('#')) return []
      const name = /^([\w.-]+)\s*=/.exec(text)?.[1]
      if (name === undefined) return [`.env 第 ${at + 1} 行看不懂，没有起作用；每行写成“名称=值”。`]
      if (settingNames.some((one) => one === name)) return []
      const near = nearest(name)
      return [`.env 第 ${at + 1} 行的 ${name} 不是本系统的设置，没有起作用${near ? `；是不是要写 ${near}？` : '。'}`]
    })
}

const bare = (name: string): string => name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')

function nearest(name: string): string | undefined {
  const typed = bare(name)
  const [best] = settingNames
    .map((known) => ({ known, steps: steps(typed, bare(known)) }))
    .toSorted((a, b) => a.steps - b.steps)
  return best && best.steps <= Math.max(1, Math.floor(bare(best.known).length / 3)) ? best.known : undefined
}

/** Letters to put in, take out or exchange until one word is the other (Levenshtein). */
function steps(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1]
    for (let column = 1; column <= other.length; column += 1)
      next[column] = Math.min(
        (next[column - 1] ?? 0) + 1,
        (row[column] ?? 0) + 1,
        (row[column - 1] ?? 0) + (letter === other[column - 1] ? 0 : 1),
      )
    row = next
  }
  return row[other.length] ?? 0
}
