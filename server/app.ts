import type { FastifyInstance } from 'fastify'
import { accountRoutes } from './identity/account/routes.ts'
import { accountRequestRoutes } from './identity/accountRequest/routes.ts'
import { auditRoutes } from './records/audit/routes.ts'
import { awardRoutes } from './award/certificate/routes.ts'
import { outcomePages } from './showcase/outcome/pages.ts'
import { decisionRoutes } from './award/decision/routes.ts'
import { noticeRoutes } from './award/notice/routes.ts'
import { revocationRoutes } from './award/revocation/routes.ts'
import { eventRoutes } from './showcase/event/routes.ts'
import { objectionRoutes } from './award/objection/routes.ts'
import { recommendationRoutes } from './award/recommendation/routes.ts'
import { accessRoutes } from './identity/access/routes.ts'
import { applicationRoutes } from './application/application/routes.ts'
import { brandRoutes } from './brand/brand/routes.ts'
import { contactRoutes } from './schools/contact/routes.ts'
import { cycleRoutes } from './year/cycle/routes.ts'
import { yearTurnRoutes } from './yearTurn.ts'
import { commentRoutes } from './plan/comment/routes.ts'
import { homeRoutes } from './home/routes.ts'
import { fileRoutes } from './records/file/routes.ts'
import { panelRoutes } from './review/panel/routes.ts'
import { inputRoutes } from './review/input/routes.ts'
import { resultRoutes } from './review/result/routes.ts'
import { sheetRoutes } from './review/sheet/routes.ts'
import { portalPages } from './showcase/portal/pages.ts'
import { ownAccountRoutes } from './identity/ownAccount/pages.ts'
import { sessionRoutes } from './identity/session/pages.ts'
import { systemRoutes } from './records/system/pages.ts'
import { setupRoutes } from './schools/setup/pages.ts'
import { demoRoutes } from '#demo/pages.ts'
import { ledgerRoutes } from './ledger/entry/routes.ts'
import { ledgerFiguresRoutes } from './ledger/figures/routes.ts'
import { activityFormRoutes } from './ledger/form/routes.ts'
import { ledgerListRoutes } from './ledger/list/routes.ts'
import { summaryRoutes } from './application/summary/routes.ts'
import { planListRoutes } from './plan/list/routes.ts'
import { planRoutes } from './plan/plan/routes.ts'
import { divisionRoutes } from './schools/division/routes.ts'
import { schoolsRoutes } from './schools/list/routes.ts'
import { organizationRoutes } from './schools/organization/routes.ts'
import { schoolListRoutes } from './schools/import/routes.ts'
import { rectificationRoutes } from './supervision/rectification/routes.ts'
import { findingRoutes } from './supervision/finding/routes.ts'
import { inspectionRoutes } from './supervision/inspection/routes.ts'
import { surveyRoutes } from './survey/survey/routes.ts'
import { surveyFreezeRoutes } from './survey/freeze/routes.ts'
import { surveyBatchRoutes } from './survey/classes/routes.ts'
import { surveyReportRoutes } from './survey/result/routes.ts'
import { surveySchoolRoutes } from './survey/roster/routes.ts'
import { preconditionRoutes } from './application/precondition/routes.ts'
import { visitRoutes } from './supervision/visit/routes.ts'
import { articleRoutes } from './showcase/article/routes.ts'
import { type HttpOptions, openHttp } from './kernel/http.ts'
import type { Route } from './kernel/routes.ts'
import type { House } from './kernel/work.ts'
import { serveAssets } from './portal/assets.ts'
import { serveConsole } from './portal/console.ts'
import { errorPage } from './portal/errorPage.ts'
import { largeTypeRoute } from './portal/largeType.ts'
import { readSiteIfAny } from './portal/site.ts'

/** Every endpoint and page of the product, one line per subject; the access matrix walks this list. */
// biome-ignore format: one line per subject
export const routes: readonly Route[] = [
  largeTypeRoute,
  ...portalPages,
  ...accessRoutes,
  ...sessionRoutes,
  ...ownAccountRoutes,
  ...setupRoutes,
  ...demoRoutes,
  ...schoolsRoutes,
  ...organizationRoutes,
  ...divisionRoutes,
  ...schoolListRoutes,
  ...contactRoutes,
  ...cycleRoutes,
  ...yearTurnRoutes,
  ...accountRoutes,
  ...accountRequestRoutes,
  ...auditRoutes,
  ...systemRoutes,
  ...fileRoutes,
  ...brandRoutes,
  ...ledgerRoutes,
  ...ledgerListRoutes,
  ...ledgerFiguresRoutes,
  ...activityFormRoutes,
  ...summaryRoutes,
  ...applicationRoutes,
  ...preconditionRoutes,
  ...planListRoutes,
  ...planRoutes,
  ...commentRoutes,
  ...panelRoutes,
  ...sheetRoutes,
  ...surveyRoutes,
  ...surveyFreezeRoutes,
  ...surveySchoolRoutes,
  ...surveyBatchRoutes,
  ...surveyReportRoutes,
  ...inputRoutes,
  ...resultRoutes,
  ...eventRoutes,
  ...decisionRoutes,
  ...noticeRoutes,
  ...outcomePages,
  ...awardRoutes,
  ...revocationRoutes,
  ...objectionRoutes,
  ...recommendationRoutes,
  ...articleRoutes,
  ...visitRoutes,
  ...inspectionRoutes,
    ...findingRoutes,
  ...rectificationRoutes,
  ...homeRoutes,
]

export async function openApp(
  house: House,
  options: Pick<HttpOptions, 'strictReplies' | 'respondents'> = {},
): Promise<FastifyInstance> {
  const app = await openHttp(house, {
    routes,
    errorPage: async (exchange, problem, status) => errorPage(await readSiteIfAny(exchange), problem, status),
    ...options,
  })
  serveAssets(app)
  serveConsole(app)
  return app
}
