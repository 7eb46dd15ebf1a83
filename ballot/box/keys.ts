import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

import { boxBroken } from './refused.ts'

const HANDLE = 16
const NONCE = 12
const TAG = 16

/** The keys of one survey: for codes, and for ballots. Without them every copy of its rows is noise. */
export interface SurveyKeys {
  /** The name under which a code is kept: HMAC-SHA-256, 128 bits. */
  handle(purpose: 'secret' | 'typed', text: string): Buffer
  /** Of one form that was sent: the mark by which it is known again, and the bytes of its check code. */
  attempt(text: string): { mark: Buffer; check: Buffer }
  /** Of what that form said; without the form's random number nobody can try out which answers it was, not even with the keys. */
  form(attempt: string, content: Uint8Array): Buffer
  seal(content: Uint8Array, bound: string): Buffer
  unseal(sealed: Uint8Array, bound: string): Buffer
}

/** A folder of keys, apart from the database and from its backups. */
export interface KeyFolder {
  publicKey: string
  sign(digest: string): string
  /** Makes the survey's keys, durable before anything is sealed with them; the same again when they are there. */
  make(surveyId: string): SurveyKeys
  find(surveyId: string): SurveyKeys | undefined
  destroy(surveyId: string): void
  /** Forgets what it keeps in memory of all other surveys. */
  keepOnly(surveyIds: readonly string[]): void
}

/** `inUse` says that the box has held surveys: then its key was made long ago, and a new one would be somebody else's. */
export function openKeys(folder: string, inUse = false): KeyFolder {
  const path = join(folder, 'box.key')
  if (inUse && !existsSync(path)) throw keyTrouble(path, '不见了')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const signing = signingKey(path)
  const kept = new Map<string, SurveyKeys>()
  const pathOf = (surveyId: string): string => {
    if (!/^[\w-]{1,64}$/.test(surveyId)) throw new RangeError('not an id of a survey')
    return join(folder, `${surveyId}.key`)
  }
  const find = (surveyId: string): SurveyKeys | undefined => {
    const path = pathOf(surveyId)
    // Asked each time: another process on the same folder may have destroyed them.
    if (!existsSync(path)) {
      kept.delete(surveyId)
      return undefined
    }
    const known = kept.get(surveyId)
    if (known) return known
    const keys = keysOf(readFileSync(path))
    kept.set(surveyId, keys)
    return keys
  }
  return {
    publicKey: createPublicKey(signing).export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (digest) => sign(null, Buffer.from(digest, 'hex'), signing).toString('base64'),
    make(surveyId) {
      if (!existsSync(pathOf(surveyId))) keep(folder, pathOf(surveyId), randomBytes(64))
      const keys = find(surveyId)
      if (!keys) throw new Error('the keys just made cannot be read')
      return keys
    },
    find,
    keepOnly(surveyIds) {
      for (const id of kept.keys()) if (!surveyIds.includes(id)) kept.delete(id)
    },
    destroy(surveyId) {
      kept.delete(surveyId)
      const path = pathOf(surveyId)
      if (!existsSync(path)) return
      const file = openSync(path, 'r+')
      writeSync(file, randomBytes(statSync(path).size), 0, undefined, 0)
      fsyncSync(file)
      closeSync(file)
      rmSync(path)
      syncFolder(folder)
    },
  }
}

/** Whether the box with this public key signed the digest. */
export function isSigned(seal: { digest: string; signature: string; publicKey: string }): boolean {
  const key = createPublicKey({ key: Buffer.from(seal.publicKey, 'base64'), type: 'spki', format: 'der' })
  return verify(null, Buffer.from(seal.digest, 'hex'), key, Buffer.from(seal.signature, 'base64'))
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

function signingKey(path: string): KeyObject {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    keep(join(path, '..'), path, Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })))
  }
  try {
    return createPrivateKey(readFileSync(path))
  } catch (error) {
    throw keyTrouble(path, '读不出来', error)
  }
}

/** The key that signs is never made anew in silence: what was published would be signed by nobody. */
const keyTrouble = (path: string, what: string, cause?: unknown): Error =>
  boxBroken(
    `票箱的签名密钥 ${path} ${what}。请把密钥文件夹按备份放回原处；密钥确实找不回来的，见 docs/operations.md“票箱密钥丢失”。`,
    cause,
  )

function keysOf(bytes: Buffer): SurveyKeys {
  // Key objects: with plain bytes the key is prepared anew for every call, at five times the cost.
  const codeKey = createSecretKey(bytes.subarray(0, 32))
  const sealKey = createSecretKey(bytes.subarray(32, 64))
  return {
    handle: (purpose, text) => createHmac('sha256', codeKey).update(`${purpose}:${text}`).digest().subarray(0, HANDLE),
    attempt(text) {
      const bytes = createHmac('sha256', codeKey).update(`attempt:${text}`).digest()
      return { mark: bytes.subarray(0, HANDLE), check: bytes.subarray(HANDLE) }
    },
    form: (attempt, content) =>
      createHmac('sha256', codeKey).update(`form:${attempt}:`).update(content).digest().subarray(0, HANDLE),
    seal(content, bound) {
      const nonce = newNonce()
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce)
      cipher.setAAD(Buffer.from(bound))
      return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
    },
    unseal(sealed, bound) {
      const decipher = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(0, NONCE))
      decipher.setAAD(Buffer.from(bound))
      decipher.setAuthTag(sealed.subarray(-TAG))
      return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()])
    },
  }
}

const NONCES = 512
let nonces = Buffer.alloc(0)

/** Random bytes fetched for many at once; none is given out twice. */
function newNonce(): Buffer {
  if (nonces.length < NONCE) nonces = randomBytes(NONCE * NONCES)
  const nonce = nonces.subarray(0, NONCE)
  nonces = nonces.subarray(NONCE)
  return nonce
}

/** Written beside and renamed, so that a crash leaves a whole key or none. */
function keep(folder: string, path: string, content: Buffer): void {
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, content)
  fsyncSync(file)
  closeSync(file)
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
  syncFolder(folder)
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder; there the rename itself is durable.
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
