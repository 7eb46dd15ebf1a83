import { randomBytes } from 'node:crypto'

// Crockford's base 32: no I, L, O, U, so that what is printed small can be read aloud and typed.
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TYPED = 12

/** Multiplies by the generator of GF(32). */
const double = (value: number): number => (value & 16 ? ((value << 1) ^ 0b100101) & 31 : value << 1)

/** A sign over the others that differs after any one wrong sign and after any two neighbours exchanged. */
function checkOf(values: readonly number[]): number {
  return values.reduce((sum, value) => double(sum) ^ value, 0)
}

/** 128 bits for the QR code, in signs that need no escaping in a fragment. */
export const newSecret = (): string => randomBytes(16).toString('base64url')

/** Eleven random signs (55 bits) and one that checks them, as `XXXX-XXXX-XXXX`. */
export function newTyped(): string {
  const values = [...randomBytes(TYPED - 1)].map((byte) => byte & 31)
  return grouped([...values, double(checkOf(values))].map((value) => SIGNS[value]).join(''))
}

/** Forty bits in two groups, made from bytes that are already random. */
export const checkCodeOf = (bytes: Uint8Array): string =>
  grouped([...bytes.subarray(0, 8)].map((byte) => SIGNS[byte & 31]).join(''))

const grouped = (signs: string): string => signs.replace(/(.{4})(?=.)/g, '$1-')

/**
 * What somebody scanned or typed, in one writing: `secret` from the QR, `typed` from the keyboard (small letters, spaces, dashes,
 * full-width signs, O for 0 and I or L for 1 are understood); null when it cannot be a code at all.
 */
export function readCode(text: string): { kind: 'secret' | 'typed'; code: string } | null {
  const plain = text.normalize('NFKC').trim()
  if (/^[\w-]{22}$/.test(plain)) return { kind: 'secret', code: plain }
  const signs = plain
    .toUpperCase()
    .replace(/[\s\-—–_.·]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const values = [...signs].map((sign) => SIGNS.indexOf(sign))
  if (values.length !== TYPED || values.includes(-1)) return null
  const check = values.at(-1)
  return double(checkOf(values.slice(0, -1))) === check ? { kind: 'typed', code: signs } : null
}
