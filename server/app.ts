import type { FastifyInstance } from 'fastify'
import { accountRoutes } from './features/account/routes.ts'
import { accountRequestRoutes } from './features/accountRequest/routes.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { awardRoutes } from './features/award/routes.ts'
import { outcomePages } from './features/outcome/pages.ts'
import { decisionRoutes } from './features/decision/routes.ts'
import { noticeRoutes } from './features/notice/routes.ts'
import { revocationRoutes } from './features/revocation/routes.ts'
import { eventRoutes } from './features/event/routes.ts'
import { objectionRoutes } from './features/objection/routes.ts'
import { recommendationRoutes } from './features/recommendation/routes.ts'
import { accessRoutes } from './features/access/routes.ts'
import { applicationRoutes } from './features/application/routes.ts'
import { brandRoutes } from './features/brand/routes.ts'
import { contactRoutes } from './features/contact/routes.ts'
import { cycleRoutes } from './features/cycle/routes.ts'
import { commentRoutes } from './features/comment/routes.ts'
import { homeRoutes } from './features/home/routes.ts'
import { fileRoutes } from './features/file/routes.ts'
import { panelRoutes } from './features/panel/routes.ts'
import { reviewRoutes } from './features/review/routes.ts'
import { sheetRoutes } from './features/sheet/routes.ts'
import { portalPages } from './features/portal/pages.ts'
import { sessionRoutes } from './features/session/pages.ts'
import { systemRoutes } from './features/system/pages.ts'
import { setupRoutes } from './features/setup/pages.ts'
import { demoRoutes } from './features/demo/pages.ts'
import { ledgerRoutes } from './features/ledger/routes.ts'
import { ledgerListRoutes } from './features/ledgerList/routes.ts'
import { summaryRoutes } from './features/summary/routes.ts'
import { planListRoutes } from './features/planList/routes.ts'
import { planRoutes } from './features/plan/routes.ts'
import { organizationRoutes } from './features/organization/routes.ts'
import { schoolListRoutes } from './features/schoolList/routes.ts'
import { rectificationRoutes } from './features/rectification/routes.ts'
import { supervisionRoutes } from './features/supervision/routes.ts'
import { surveyRoutes } from './features/survey/routes.ts'
import { surveyFreezeRoutes } from './features/surveyFreeze/routes.ts'
import { surveyBatchRoutes } from './features/surveyBatch/routes.ts'
import { surveyReportRoutes } from './features/surveyReport/routes.ts'
import { surveySchoolRoutes } from './features/surveySchool/routes.ts'
import { preconditionRoutes } from './features/precondition/routes.ts'
import { visitRoutes } from './features/visit/routes.ts'
import { articleRoutes } from './features/article/routes.ts'
import { type HttpOptions, openHttp } from './kernel/http.ts'
import type { Route } from './kernel/routes.ts'
import type { House } from './kernel/work.ts'
import { serveAssets } from './portal/assets.ts'
import { serveConsole } from './portal/console.ts'
import { errorPage } from './portal/errorPage.ts'
import { largeTypeRoute } from './portal/largeType.ts'
import { readSiteIfAny } from './portal/site.ts'

/** Every endpoint and page of the product, one line per feature; the access matrix walks this list. */
// biome-ignore format: one line per feature
export const routes: readonly Route[] = [
  largeTypeRoute,
  ...portalPages,
  ...accessRoutes,
  ...sessionRoutes,
  ...setupRoutes,
  ...demoRoutes,
  ...organizationRoutes,
  ...schoolListRoutes,
  ...contactRoutes,
  ...cycleRoutes,
  ...accountRoutes,
  ...accountRequestRoutes,
  ...auditRoutes,
  ...systemRoutes,
  ...fileRoutes,
  ...brandRoutes,
  ...ledgerRoutes,
  ...ledgerListRoutes,
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
  ...reviewRoutes,
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
  ...supervisionRoutes,
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
