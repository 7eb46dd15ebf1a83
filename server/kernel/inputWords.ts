import type { z } from 'zod'
import { tooLong } from '#domain/base/text.ts'

type RawIssue = Parameters<NonNullable<NonNullable<Parameters<typeof z.config>[0]>['customError']>>[0]

const kinds: Record<string, string> = {
  string: '这里应为文字',
  number: '这里应为数字',
  int: '这里应为整数',
  boolean: '这里应为是或否',
  array: '这里应为列表',
}

/** What a shape says of input where it has no sentence of its own: office Chinese, no word of the program. */
export function inputSentence(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return '没有填写'
      return kinds[issue.expected] ?? '内容的格式不对'
    case 'too_big':
      return atMost(issue.origin, issue.maximum, issue.input)
    case 'too_small':
      return atLeast(issue.origin, issue.minimum)
    case 'invalid_value':
      return '不在可选的范围内，请重新选择'
    case 'unrecognized_keys':
      return `含有多余的内容（${issue.keys.join('、').slice(0, 40)}），请刷新页面后再试`
    case 'not_multiple_of':
      return `应为 ${issue.divisor} 的倍数`
    default:
      return '内容的格式不对'
  }
}

function atMost(origin: string, most: number | bigint, input: unknown): string {
  if (origin === 'string') return tooLong(String(input).length, Number(most))
  if (origin === 'array') return `最多 ${most} 项`
  return `不能大于 ${most}`
}

function atLeast(origin: string, least: number | bigint): string {
  if (origin === 'string') return least === 1 ? '不能为空' : `至少 ${least} 个字`
  if (origin === 'array') return least === 1 ? '至少要有一项' : `至少 ${least} 项`
  return `不能小于 ${least}`
}
