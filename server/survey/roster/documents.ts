import { againstOffice } from '#domain/base/actor.ts'
import { tooLong } from '#domain/base/text.ts'
import { findSurvey } from '#server/survey/survey/queries.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import { type Exchange, post, sendDocument, show } from '#server/kernel/routes.ts'
import { printKit } from './actions.ts'

const PDF = 'application/pdf'
const REASON_LENGTH = 300

/** Posted, because it makes new codes; the answer is the file. */
const kit = post(
  { name: 'printKit', path: '/api/surveys/:id/schools/:schoolId/kit', access: ['office'] },
  async (exchange: Exchange) => {
    const reason = (exchange.form['reason'] ?? '').trim()
    if (reason.length > REASON_LENGTH)
      throw refuse('invalid', tooLong(reason.length, REASON_LENGTH), { field: 'reason' })
    const { id = '', schoolId = '' } = exchange.params
    const { schoolName, pdf } = await printKit(exchange, id, schoolId, reason)
    return sendDocument(exchange.reply, { name: `${schoolName}纸条.pdf`, mime: PDF, body: pdf })
  },
)

const paper = show(
  { name: 'printPaper', path: '/surveys/:id/paper.pdf', access: ['office'] },
  async (exchange: Exchange) => {
    const survey = await findSurvey(exchange.look, exchange.params['id'] ?? '')
    demand(againstOffice(exchange.actor, survey))
    if (survey.fingerprint === null) throw refuse('notInThisState', '题目冻结以后才能打印纸质问卷。')
    const { pdf } = await askBox(exchange.house.ballotBox.printPaper(survey.id))
    return sendDocument(exchange.reply, {
      name: `${survey.title}纸质问卷.pdf`,
      mime: PDF,
      body: Buffer.from(pdf, 'base64'),
    })
  },
)

export const surveySchoolDocuments = [kit, paper]
