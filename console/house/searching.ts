import { holdsWords } from '#domain/base/alike.ts'

/** For a `Select` that is searched in the browser: its options are found as lists are, whatever the case and width of what is typed. */
export const byLabel = (typed: string, option?: { label?: unknown }): boolean =>
  holdsWords(String(option?.label ?? ''), typed)
