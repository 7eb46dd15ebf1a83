/** What was typed and not yet saved, in this browser only. A browser that forbids storage simply keeps nothing. */
export function keep(key: string, values: unknown) {
  try {
    localStorage.setItem(key, JSON.stringify(values))
  } catch {
    // Private windows and full storage refuse: the form still works, it is only not remembered.
  }
}

export function kept(key: string): Record<string, unknown> | undefined {
  try {
    const text = localStorage.getItem(key)
    const values: unknown = text === null ? undefined : JSON.parse(text)
    return typeof values === 'object' && values !== null ? { ...values } : undefined
  } catch {
    return undefined
  }
}

export function letGo(key: string) {
  try {
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept.
  }
}

/** A form's words together with what they began from, and the name under which a new record is sent. */
export interface KeptForm {
  base: Record<string, unknown>
  mine: Record<string, unknown>
  id: string
}

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Words without what they began from cannot be told from newer ones: they are not put over them. */
export function keptForm(key: string): KeptForm | undefined {
  const { base, mine, id } = kept(key) ?? {}
  return isFields(base) && isFields(mine) && typeof id === 'string' ? { base, mine, id } : undefined
}

/** An id for something new; pages opened over plain http have no randomUUID. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
