import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { tokens } from './theme.ts'

const css = readFileSync(new URL('../../portal-assets/tokens.css', import.meta.url), 'utf8')
const inCss = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(css)?.[1]

test('console and portal share the same colours', () => {
  for (const [name, value] of Object.entries(tokens)) {
    const cssName = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/(\d)/, '-$1')
    assert.equal(inCss(cssName), value, cssName)
  }
})

test('every text colour reads on white and on its tint with a contrast of at least 4.5', () => {
  for (const name of ['red', 'red-deep', 'ink', 'ink-2', 'ink-3', 'ok', 'warn', 'info']) {
    const grounds = ['paper', 'surface', ...(['red', 'ok', 'warn', 'info'].includes(name) ? [`${name}-tint`] : [])]
    for (const ground of grounds) {
      const ratio = contrast(inCss(name) ?? '', inCss(ground) ?? '')
      assert.ok(ratio >= 4.5, `${name} on ${ground}: ${ratio}`)
    }
  }
})

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
