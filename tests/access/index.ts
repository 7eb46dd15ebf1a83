import { rows as access } from './access.ts'
import { rows as file } from './file.ts'
import type { AccessRows } from './row.ts'

/** Rows of every feature; a name in two of them is a mistake that the test reports. One line per feature. */
export const matrix: AccessRows[] = [access, file]
