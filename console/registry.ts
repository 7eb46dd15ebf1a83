import type { Feature } from '#console/feature.ts'
import { feature as application } from '#console/application/application/index.ts'
import { feature as award } from '#console/award/index.ts'
import { feature as brand } from '#console/brand/index.ts'
import { feature as plan } from '#console/plan/index.ts'
import { feature as accounts } from '#console/identity/index.ts'
import { feature as audit } from '#console/records/audit/index.ts'
import { feature as contacts } from '#console/schools/contact/index.ts'
import { feature as cycle } from '#console/year/cycle/index.ts'
import { feature as article } from '#console/showcase/article/index.ts'
import { feature as supervision } from '#console/supervision/index.ts'
import { feature as event } from '#console/showcase/event/index.ts'
import { feature as home } from '#console/home/index.ts'
import { feature as schools } from '#console/schools/school/index.ts'
import { feature as standard } from '#console/year/standard/index.ts'
import { feature as summary } from '#console/application/summary/index.ts'
import { feature as ledger } from '#console/ledger/index.ts'
import { feature as review } from '#console/review/index.ts'
import { feature as schoolSurvey } from '#console/survey/school/index.ts'
import { feature as survey } from '#console/survey/office/index.ts'

/** One line per feature; each feature's index.ts holds only lazy imports, so that the first page stays small. */
// biome-ignore format: one line per subject
export const features: Feature[] = [
  home,
  supervision,
  event,
  article,
  schools,
  contacts,
  cycle,
  standard,
  brand,
  plan,
  summary,
  application,
  ledger,
  schoolSurvey,
  review,
  survey,
  award,
  accounts,
  audit,
]
