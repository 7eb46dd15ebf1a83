import { rows as access } from './access.ts'
import { rows as application } from './application.ts'
import { rows as award } from './award.ts'
import { rows as brand } from './brand.ts'
import { rows as cycle } from './cycle.ts'
import { rows as file } from './file.ts'
import { rows as ledger } from './ledger.ts'
import { rows as comment } from './comment.ts'
import { rows as plan } from './plan.ts'
import { rows as organization } from './organization.ts'
import { rows as portal } from './portal.ts'
import { rows as summary } from './summary.ts'
import { rows as exchange } from './exchange.ts'
import { rows as supervision } from './supervision.ts'
import { rows as home } from './home.ts'
import { rows as review } from './review.ts'
import { rows as survey } from './survey.ts'
import type { AccessRows } from './row.ts'

/** Rows of every feature; a name in two of them is a mistake that the test reports. One line per feature. */
// biome-ignore format: one line per feature
export const matrix: AccessRows[] = [
  access,
  organization,
  cycle,
  file,
  brand,
  ledger,
  summary,
  application,
  plan,
  comment,
  review,
  survey,
  award,
  exchange,
  supervision,
  home,
  portal,
]
