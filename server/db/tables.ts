import type { FoundationTables } from './tables/foundation.ts'
import type { SchoolTables } from './tables/school.ts'
import type { PlanTables } from './tables/plan.ts'
import type { LedgerTables } from './tables/ledger.ts'
import type { SupervisionTables } from './tables/supervision.ts'
import type { ApplicationTables } from './tables/application.ts'
import type { ReviewTables } from './tables/review.ts'
import type { AwardTables } from './tables/award.ts'
import type { SurveyTables } from './tables/survey.ts'

/** Every table of the database, by feature group; a test holds these against the migrated database on both engines. */
export interface Tables
  extends FoundationTables,
    SchoolTables,
    PlanTables,
    LedgerTables,
    SupervisionTables,
    ApplicationTables,
    ReviewTables,
    AwardTables,
    SurveyTables {}
