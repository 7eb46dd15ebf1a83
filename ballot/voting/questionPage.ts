import { html } from 'ghtml'
import {
  type Answer,
  audienceLabels,
  choicesOf,
  labelOfChoice,
  type Question,
  REMARK_LENGTH,
} from '#domain/survey/survey.ts'
import type { Slip } from './voting.ts'
import { fieldOf, type Given, type Mistake, TEXT_FIELD } from './form.ts'
import { address, hidden, modeFields, page, patience, SAID, sizeName } from './layout.ts'

export interface QuestionPage {
  slip: Slip
  given: Given
  mistakes: readonly Mistake[]
}

/** The questionnaire of one slip, with everything that was typed before. */
export function questionPage({ slip, given, mistakes }: QuestionPage): string {
  const { mode } = given
  const { audience, questions } = slip.questionnaire
  const pupil = audience === 'pupil'
  const you = pupil ? '你' : '您'
  // Enter inside an answer presses the first button of the form: one that only shows the same page again, and with script does nothing.
  const size = html`<button form="ballot" name="stay" formaction="/t/questions" hidden></button><button class="plain" form="ballot" name="size" value="${mode.large ? '0' : '1'}" formaction="/t/questions">${sizeName(mode)}</button>`
  const keeping = patience(
    '网络断了，答案还在这一页上，正在重新提交',
    '还是连不上网。答案都还在这一页上，请过一会儿再点“提交”。',
  )
  return page(
    { title: `${mistakes.length > 0 ? '还没有提交 - ' : ''}${slip.title}`, owner: slip.bureauName, mode, tools: size },
    html`!${mistakes.length > 0 ? mistakeList(mistakes) : ''}
<div><h1 tabindex="-1"!${mistakes.length > 0 ? '' : ' data-focus'}>${slip.schoolName}</h1>
<p class="lead"><span>${slip.title}</span><span>${audienceLabels[audience]}问卷，${questions.length} 题，${dayOf(slip.until)}截止</span></p></div>
!${slip.rehearsal ? '<p class="note warn"><b>这是演练。</b>现在的答案不计入结果，演练完就删除。</p>' : ''}
<p class="note">自愿回答，不问${you}是谁。提交以后，谁也找不出哪一份是${you}的，所以<b>不能再看、再改或者撤回</b>。<a href="${address('/t/private', mode)}">有人在旁边看着我</a></p>
<form id="ballot" action="/t" method="post" autocomplete="off"!${pupil ? ' class="faces"' : ''} !${keeping}>
!${hidden('code', given.code)}!${hidden('attempt', given.attempt)}!${hidden('started', given.started)}!${modeFields(mode)}
!${pupil ? FACES : ''}
!${questions.map((question, at) => asked({ question, at, slip, given, mistakes }))}
!${freeText(pupil, given.text, mistakes)}
!${SAID}
<p><button class="button main">提交</button></p>
</form>`,
  )
}

function mistakeList(mistakes: readonly Mistake[]): string {
  return html`<div class="mistakes" role="alert" tabindex="-1" data-focus><h2>还没有提交，有 ${mistakes.length} 处要改</h2>
<ul>!${mistakes.map(({ field, message }) => html`<li><a href="#${field}">${message}</a></li>`)}</ul></div>`
}

interface Asked {
  question: Question
  at: number
  slip: Slip
  given: Given
  mistakes: readonly Mistake[]
}

function asked({ question, at, slip, given, mistakes }: Asked): string {
  const field = fieldOf(question)
  const bad = mistakes.some((one) => one.field === field)
  const { audience } = slip.questionnaire
  const chosen = given.answers[question.id]
  return html`<fieldset id="${field}" tabindex="-1"!${bad ? ' class="bad"' : ''}>
<legend><span class="number">${at + 1}.</span>${question.text}!${bad ? '<span class="mistake">请选一个</span>' : ''}</legend>
<div class="choices">!${choicesOf(audience).map(
    (choice) =>
      html`<label class="choice"><input type="radio" name="${field}" value="${choice}"!${choice === chosen ? ' checked' : ''}><span>!${audience === 'pupil' ? face(choice) : ''}${labelOfChoice(audience, choice)}</span></label>`,
  )}</div>
</fieldset>`
}

function freeText(pupil: boolean, text: string, mistakes: readonly Mistake[]): string {
  const own = mistakes.filter((one) => one.field === TEXT_FIELD)
  const label = pupil ? '还有想说的吗？（可以不写）' : '还想对学校说些什么？（可以不写）'
  const warning = pupil
    ? '不要写名字、班级和电话。大人会先看一遍，和别人写的话混在一起，再给学校看。'
    : `${REMARK_LENGTH} 字以内。请不要写姓名、班级、电话，写了可能认出人来。这些话会先由局里看一遍，至少 10 人作答才打乱次序给学校看，和上面的选择分开存放。`
  return html`<div class="field!${own.length > 0 ? ' bad' : ''}"><label for="${TEXT_FIELD}">${label}</label>
!${own.map(({ message }, at) => html`<p class="mistake" id="text-mistake-${at}">${message}</p>`)}
<p class="quiet" id="text-hint">${warning}</p>
<textarea class="input" id="${TEXT_FIELD}" name="${TEXT_FIELD}" rows="3" autocomplete="off" spellcheck="false" aria-describedby="${['text-hint', ...own.map((_, at) => `text-mistake-${at}`)].join(' ')}"!${own.length > 0 ? ' aria-invalid="true"' : ''}>
${text}</textarea>
<p class="quiet" role="status" data-most="${REMARK_LENGTH}"></p></div>`
}

/** Drawn once, used in every question. */
const FACES = `<svg class="store" aria-hidden="true"><defs>${Object.entries({
  verySatisfied: '<path d="M15 33q11 12 22 0"/>',
  fair: '<path d="M17 36h18"/>',
  dissatisfied: '<path d="M16 39q10-10 20 0"/>',
})
  .map(
    ([name, mouth]) =>
      `<symbol id="f-${name}" viewBox="0 0 52 52"><circle cx="26" cy="26" r="23"/><path d="M18 20v2M34 20v2"/>${mouth}</symbol>`,
  )
  .join(
    '',
  )}<symbol id="f-unknown" viewBox="0 0 52 52"><circle cx="26" cy="26" r="23" stroke-dasharray="5 7"/><path d="M20 21q0-7 6-7t6 6q0 4-6 7v4M26 38v.5"/></symbol></defs></svg>`

const face = (choice: Answer): string => `<svg aria-hidden="true"><use href="#f-${choice}"/></svg>`

function dayOf(date: string): string {
  const [, month, day] = date.split('-')
  return `${Number(month)}月${Number(day)}日`
}
