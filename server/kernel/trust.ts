import { networkOf } from '#domain/base/address.ts'

/** How many proxies of one's own stand before, or which; what others write into `X-Forwarded-For` is never believed. */
export type Trust = boolean | number | string[]

const HOPS_AT_MOST = 9

/** Reads TRUST_PROXY: nothing, a number of proxies, or their addresses. Undefined for anything else. */
export function readTrust(text: string | undefined): Trust | undefined {
  if (text === undefined || text === '' || text === '0') return false
  if (/^\d$/.test(text)) return Math.min(Number(text), HOPS_AT_MOST)
  const list = text.split(',').map((one) => one.trim())
  return list.every((one) => networkOf(one.replace(/\/\d{1,3}$/, '')) !== undefined) ? list : undefined
}
