import { html } from 'ghtml'
import { dateInWords, shanghaiDate } from '#domain/base/calendar.ts'
import { showFixed, showPercent } from '#domain/base/score.ts'
import { type Audience, audienceLabels, audiences } from '#domain/survey/survey.ts'
import { shownFrom } from '#domain/survey/suppression.ts'
import { TOTAL_FROM } from '#domain/survey/surveyReport.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import { found } from '#server/kernel/problem.ts'
import { sendHtml, showAll } from '#server/kernel/routes.ts'
import { page } from '#server/portal/layout.ts'
import {
  breadcrumbs,
  empty,
  facts,
  field,
  filterForm,
  heading,
  narrow,
  noticeBox,
  paragraphs,
  select,
  table,
  titleList,
} from '#server/portal/pieces.ts'
import { readSite } from '#server/portal/site.ts'
import { listCountedSchools, listPublishedSurveys } from './queries.ts'
import { type PublishedSurvey, readPublishedSurvey } from './views.ts'

const CACHE_SECONDS = 60
const current = 'notices'

const surveysPage = showAll({ name: 'publishedSurveysPage', path: '/surveys' }, async (exchange) => {
  const surveys = await listPublishedSurveys(exchange.look.db)
  const body = narrow(
    breadcrumbs([{ label: '公示公告', href: '/notices' }, { label: '满意度测评' }]),
    heading('满意度测评结果', '教师、家长和学生不记名的评价，只公布全区汇总，不列学校，不排名。'),
    surveys.length > 0
      ? titleList(
          surveys.map((one) => ({
            href: `/surveys/${one.id}`,
            title: one.title,
            date: shanghaiDate(one.publishedAt ?? ''),
          })),
        )
      : empty('还没有公布的测评', '测评截止、计票并由教育局公布以后，结果会列在这里。'),
  )
  const site = await readSite(exchange)
  return sendHtml(exchange.reply, page(site, { title: '满意度测评结果', path: '/surveys', current }, body), {
    cacheSeconds: CACHE_SECONDS,
  })
})

const surveyPage = showAll({ name: 'publishedSurveyPage', path: '/surveys/:id' }, async (exchange) => {
  const survey = await readPublishedSurvey(exchange.look, exchange.params['id'] ?? '')
  const site = await readSite(exchange)
  const title = `${survey.title}结果`
  const meta = { title, path: `/surveys/${survey.id}`, current: current as typeof current }
  return sendHtml(exchange.reply, page(site, meta, surveyBody(survey)), { cacheSeconds: CACHE_SECONDS })
})

function surveyBody(survey: PublishedSurvey): string {
  return narrow(
    breadcrumbs([
      { label: '公示公告', href: '/notices' },
      { label: '满意度测评', href: '/surveys' },
      { label: survey.title },
    ]),
    heading(
      `${survey.title}结果`,
      `${dateInWords(survey.opensOn)}至${dateInWords(survey.closesOn)}答题，${dateInWords(shanghaiDate(survey.publishedAt))}公布。`,
    ),
    paragraphs(survey.text),
    html`<h2>答题情况</h2>`,
    table({
      caption: `参加的学校（幼儿园）共 ${survey.schools} 所`,
      columns: [
        { title: '对象' },
        { title: '发出编码', number: true },
        { title: '收回', number: true },
        { title: '回收率', number: true },
        { title: '满意率', number: true },
        { title: '不了解', number: true },
      ],
      rows: survey.audiences.map((one) => [
        html`<span class="whole">${audienceLabels[one.audience]}</span>`,
        html`${one.hidden ? '—' : one.issued}`,
        html`${one.hidden ? one.why : one.n}`,
        html`${one.hidden ? '—' : showPercent(one.responseRate)}`,
        html`${showPercent(one.satisfied)}`,
        html`${showPercent(one.unknownShare)}`,
      ]),
    }),
    html`<p class="hint">满意率：在总体评价里选“满意”及以上的比例，不含“不了解”；学生只有“开心”算满意，“一般”不算，所以学生的满意率低于得分。每题得分：很满意 100、满意 85、基本满意 70、不满意 40、很不满意 0 的平均数；学生的三个笑脸依次按 100、70、40 计算。不足 ${shownFrom.public} 份的，以及不足 ${TOTAL_FROM} 所学校、能推算出某一所的，不公布。</p>`,
    ...survey.audiences.map((one) => audienceBody(one, survey)),
    drawnBody(survey),
    checkBody(survey),
  )
}

function audienceBody(one: PublishedSurvey['audiences'][number], survey: PublishedSurvey): string {
  const name = audienceLabels[one.audience]
  if (one.hidden) {
    const questions = survey.questionnaires.find((each) => each.audience === one.audience)?.questions ?? []
    return html`<h2>${name}</h2><p>${one.why}。问的是：</p><ul class="dots">!${questions.map((each) => html`<li>${each.text}</li>`)}</ul>`
  }
  return html`<h2>${name}</h2>!${table({
    caption: `${name}：各题得分，满分 100`,
    columns: [{ title: '题目' }, { title: '得分', number: true }, { title: '不了解', number: true }],
    rows: one.items.map((item) => [
      html`${item.text}${item.unscored ? '（不计分）' : ''}!${bar(item.mean)}`,
      html`${item.mean === null ? '—' : showFixed(item.mean)}`,
      html`${showPercent(item.unknownShare)}`,
    ]),
  })}`
}

/** The figure stands beside it, so readers of text lose nothing. */
const bar = (mean: number | null): string =>
  html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="bar-all" width="100" height="4"></rect><rect class="bar-part" width="${(mean ?? 0) / 100}" height="4"></rect></svg>`

function drawnBody(survey: PublishedSurvey): string {
  const asked = audiences.filter((one) => survey.questionnaires.some((each) => each.audience === one))
  const rule: Record<Audience, string> = {
    teacher: '教师：每校最多 60 个编码，不到 60 人的学校人人有。',
    parent: '家长：每校按学生人数的十分之一，至少 30 个，最多 120 个。',
    pupil: '学生：三年级起，按人数的十分之一，至少 30 个，最多 120 个；一、二年级和幼儿园只请家长答。',
  }
  return html`<h2>怎样抽的</h2>
<ul class="dots">!${asked.map((one) => html`<li>${rule[one]}</li>`)}
<li>名额按年级分配，每个年级由教育局用公开的规则抽两个班，学校不挑班级，也不挑人。</li>
<li>抽中的班人手一张纸条，自己从袋中抽，一部分有编码；没有名单，谁也不知道谁抽到了。一个编码只能答一次。</li>
<li>教师的回收率不到 ${survey.minimum.share.teacher}%、家长不到 ${survey.minimum.share.parent}%、学生不到 ${survey.minimum.share.pupil}%，或者不到 ${survey.minimum.ballots} 份的学校，按样本不足处理，不计算指数。</li></ul>`
}

function checkBody(survey: PublishedSurvey): string {
  const mono = (text: string) => html`<span class="mono">${text}</span>`
  return html`<h2>怎样核对</h2>
<p>答过题的人可以凭答题后看到的回执编码，<a href="/survey-codes/${survey.id}">看自己那一份是否计入</a>。回执编码和答案没有联系。</p>
<p>计票时，各项合计由票箱签名，单份答卷和编码随即永久销毁，谁都不能再翻看。核验文件里有各校的合计，不对外公开，由教育局和审计员保管；上级机关和纪检部门查阅时，用软件自带的核验程序可以从它重新算出全部数字，并与下面的摘要和公钥对照，改动一个数字都会对不上。</p>
!${facts([
    { label: '计票摘要（SHA-256）', value: survey.seal ? mono(survey.seal.digest) : undefined },
    { label: '签名（Ed25519）', value: survey.seal ? mono(survey.seal.signature) : undefined },
    { label: '公钥', value: survey.seal ? mono(survey.seal.publicKey) : undefined },
    { label: '问卷摘要', value: mono(survey.fingerprint) },
    { label: '抽班随机数', value: mono(survey.drawSeed) },
  ])}`
}

const codesPage = showAll({ name: 'checkCodesPage', path: '/survey-codes/:id' }, async (exchange) => {
  const id = exchange.params['id'] ?? ''
  const { title, schools } = await listCountedSchools(exchange.look.db, id)
  const schoolId = exchange.query['school'] ?? ''
  const school = schoolId === '' ? undefined : found(schools.find((one) => one.id === schoolId))
  const codes = school ? await askBox(exchange.house.ballotBox.checkCodes(id, school.id)) : []
  const body = narrow(
    breadcrumbs([
      { label: '满意度测评', href: '/surveys' },
      { label: title, href: `/surveys/${id}` },
      { label: '回执编码' },
    ]),
    heading('我的那一份计入了吗', '选学校，输入答题后记下的回执编码。回执编码不说明答了什么，也不说明是谁。'),
    filterForm(
      `/survey-codes/${id}`,
      select({
        name: 'school',
        label: '学校',
        value: school?.id ?? '',
        empty: '请选择',
        choices: schools.map((one) => ({ value: one.id, label: one.name })),
      }),
      field({
        name: 'code',
        label: '回执编码',
        value: exchange.query['code'] ?? '',
        optional: true,
        autocomplete: 'off',
        maxlength: 40,
      }),
    ),
    school ? codesBody(school.name, codes, exchange.query['code'] ?? '') : '',
  )
  const site = await readSite(exchange)
  const meta = { title: '核对回执编码', path: exchange.request.url, current: current as typeof current, unlisted: true }
  return sendHtml(exchange.reply, page(site, meta, body), { cacheSeconds: CACHE_SECONDS })
})

const plain = (code: string): string =>
  code
    .normalize('NFKC')
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase()

/** Whether the typed code counts, and the whole list where it is so long that its length tells nothing of a few people (rule 13). */
function codesBody(name: string, codes: readonly string[], typed: string): string {
  const code = plain(typed)
  const counts = codes.some((one) => plain(one) === code)
  const told =
    code === ''
      ? ''
      : counts
        ? noticeBox('计入了', html`<p>${name}计入的答卷里有这个回执编码。</p>`, 'ok')
        : noticeBox('没有找到这个回执编码', html`<p>请核对学校和字母；一个班的答卷如果因违规作废，不计入。</p>`, 'warn')
  const list =
    codes.length >= shownFrom.public
      ? html`<details><summary>看全部回执编码（按字母排列）</summary><ul class="codes">!${codes.map((one) => html`<li>${one}</li>`)}</ul></details>`
      : html`<p class="hint">计入的不足 ${shownFrom.public} 份，不列出全部编码，以免看出收回了几份；输入编码照样可以核对。</p>`
  return html`<h2>${name}</h2>!${told}!${list}`
}

export const surveyReportPages = [surveysPage, surveyPage, codesPage]
