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
