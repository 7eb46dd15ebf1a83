import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { detailLabels, eventLabel, subjectLabel } from './auditLabels.ts'
import { lifecycles } from '#domain/lifecycles.ts'
import { methodLabels } from '#domain/year/standard.ts'
import { recusalKinds } from '#domain/review/panel.ts'

/** Every place where the product writes down what was done: the text between the brackets. */
function records(): string[] {
  const root = join(import.meta.dirname, '..', '..', 'server')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('demo'))
  return sources.flatMap((name) => {
    const source = readFileSync(join(root, name), 'utf8').replaceAll(/^\s*\/\/.*$/gm, '')
    return [...source.matchAll(/work\.record\(/g)].map((found) => bracketed(source, found.index + found[0].length))
  })
}

function bracketed(source: string, from: number): string {
  let depth = 1
  let at = from
  for (; depth > 0 && at < source.length; at += 1)
    depth += '([{'.includes(source[at] ?? ' ') ? 1 : ')]}'.includes(source[at] ?? ' ') ? -1 : 0
  return source.slice(from, at - 1)
}

/** The parts of a list at its outermost level. */
function parts(list: string): string[] {
  const found: string[] = ['']
  let depth = 0
  for (const sign of list) {
    depth += '([{'.includes(sign) ? 1 : ')]}'.includes(sign) ? -1 : 0
    if (sign === ',' && depth === 0) found.push('')
    else found[found.length - 1] += sign
  }
  return found.map((one) => one.trim()).filter(Boolean)
}

const english = /[A-Za-z]/

test('every event that the product records has a Chinese name, whole and each of its parts', () => {
  const events = records().flatMap((one) => [...(parts(one)[0] ?? '').matchAll(/['`]([a-zA-Z]+\.[a-zA-Z]+)['`]/g)])
  assert.ok(events.length > 80)
  const bare = events.map((one) => one[1] ?? '').filter((event) => english.test(eventLabel(event)))
  assert.deepEqual([...new Set(bare)], [])
  const moves = lifecycles.flatMap((life) => Object.keys(life.actions).map((action) => `${life.name}.${action}`))
  assert.deepEqual(
    moves.filter((event) => english.test(eventLabel(event))),
    [],
  )
})

test('every field that the product records with an event has a Chinese name', () => {
  const keys = records().flatMap((one) => {
    const detail = parts(one).find((part, at) => at > 0 && part.startsWith('{'))
    if (!detail) return []
    return parts(detail.slice(1, -1)).flatMap((part) =>
      part.startsWith('...')
        ? [...part.matchAll(/[?{]\s*\{?\s*(\w+)(?=[:,\s}])/g)].map((m) => m[1] ?? '')
        : [/^\w+/.exec(part)?.[0] ?? ''],
    )
  })
  assert.ok(keys.length > 150)
  const named = (key: string) => detailLabels('test', { [key]: 1 })[0]?.label ?? ''
  const bare = keys.filter((key) => key !== '' && english.test(named(key)))
  assert.deepEqual([...new Set(bare)], [])
})

test('what is recorded as a code is shown in words', () => {
  const shown = (key: string, value: string) => detailLabels('recusal.recorded', { [key]: value })[0]?.value ?? ''
  for (const kind of [...Object.keys(recusalKinds), 'bonus', 'deduction'])
    assert.doesNotMatch(shown('kind', kind), english)
  for (const method of Object.keys(methodLabels)) assert.doesNotMatch(shown('method', method), english)
  for (const source of ['computed', 'declared', 'office']) assert.doesNotMatch(shown('source', source), english)
  assert.doesNotMatch(subjectLabel('scoreSheet'), english)
})
