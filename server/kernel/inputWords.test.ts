import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { endpoints } from '#contract/index.ts'
import { inputSentence } from './inputWords.ts'

/** Every text that some body of the interface holds, with the way to it. */
function* textsIn(shape: unknown, path: string): Generator<[string, z.ZodString]> {
  if (shape instanceof z.ZodString) yield [path, shape]
  else if (shape instanceof z.ZodObject)
    for (const [key, part] of Object.entries(shape.shape)) yield* textsIn(part, `${path}.${key}`)
  else if (shape instanceof z.ZodArray) yield* textsIn(shape.element, `${path}[]`)
  else if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodDefault)
    yield* textsIn(shape.unwrap(), path)
}

test('whoever is told that a text is too long is told how long it is and how much has to go', () => {
  z.config({ customError: inputSentence })
  const long = '长'.repeat(100_007)
  const texts = endpoints.flatMap((one) => [...textsIn(one.body, one.name)])
  assert.ok(texts.length > 150)
  const told = texts.flatMap(([path, shape]) => {
    const issue = shape.safeParse(long).error?.issues.find((one) => one.code === 'too_big')
    return issue ? [{ path, message: issue.message, most: Number(issue.maximum) }] : []
  })
  assert.ok(told.length > 120)
  assert.deepEqual(
    told.filter(
      ({ message, most }) =>
        !message.includes(`不能超过 ${most} 个字，现在有 100007 个字，请删去 ${100_007 - most} 个字`),
    ),
    [],
  )
})
