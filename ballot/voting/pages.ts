import { html } from 'ghtml'
import type { Closed, Days } from './voting.ts'
import type { Given, Mode } from './form.ts'
import { dayInWords } from '../office/printed.ts'
import { address, modeFields, page, patience, SAID, sizeLink, startAddress } from './layout.ts'

const ASK_AGAIN = patience('网络断了，正在重新打开', '还是连不上网，请过一会儿再点“开始答题”。')

export interface Start {
  mode: Mode
  code?: string
  /** What was wrong with the code. */
  mistake?: string
}

/** Where everybody begins: what this is, before anything is answered, and the field for the code. */
export function startPage({ mode, code = '', mistake }: Start): string {
  const described = mistake ? 'code-hint code-mistake' : 'code-hint'
  return page(
    { title: '满意度测评', mode, tools: sizeLink(mode.shared ? '/t/shared' : '/t', mode) },
    html`<div><h1>${mode.shared ? '公用平板答题' : '请您说说学校做得怎么样'}</h1>
<p class="lead">${mode.shared ? '一人一张纸条，一张纸条答一次。答完自动回到这一页，不留下内容。' : '大约 3 分钟，用抽到的纸条答题，不用登录。'}</p></div>
<form action="/t/questions" method="post" autocomplete="off" !${ASK_AGAIN}>
!${modeFields(mode)}
<div class="field!${mistake ? ' bad' : ''}"><label for="code">纸条上的编码</label>
<p class="quiet" id="code-hint">12 位字母和数字，不分大小写，横线不用输。</p>
!${mistake ? html`<p class="mistake" id="code-mistake">${mistake}</p>` : ''}
<input class="input code" id="code" name="code" value="${code}" required maxlength="40" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false" enterkeyhint="go" aria-describedby="${described}"!${mistake ? ' aria-invalid="true" data-focus' : ''}></div>
<p><button class="button main">开始答题</button></p>
!${SAID}
</form>
<dl class="facts">
<div><dt>自愿</dt><dd>可以不答，也可以答到一半就走。谁也看不到您答没答。</dd></div>
<div><dt>不记名</dt><dd>不问姓名，不用登录。纸条是抽的，编码只说明这张票有效，不说明您是谁；编码和答案分开存放，对不上。</dd></div>
<div><dt>提交后不能撤回</dt><dd>因为不记名，提交以后谁也找不出哪一份是您的，我们也找不出，所以不能再看、再改或者撤回。请想好再提交。</dd></div>
</dl>
<p><a href="${address('/t/private', mode)}">有人在旁边看着我，怎么办？</a></p>`,
  )
}

export function privatePage(mode: Mode): string {
  return page(
    { title: '有人在旁边看着我', mode, tools: sizeLink('/t/private', mode) },
    html`<h1 tabindex="-1" data-focus>先不用答</h1>
<p class="lead">打开这一页不会提交任何内容，编码没有用掉。</p>
<ul class="dots">
<li><b>换个地方再答。</b>收好纸条，回到家里或者在路上，用自己的手机答。纸条上印着截止日期，在那以前都可以。</li>
<li><b>有人要看屏幕：</b>关掉网页，说“这是不记名的，回家再答”。谁都无权要求您当面答题，也无权要求看您的答案。</li>
<li><b>有人问您答没答、答了什么：</b>可以不说。学校只看得到一个班收回多少份，看不到是谁；答案在截止以前谁都看不到。</li>
<li><b>有人替您填过了：</b>编码只能用一次，会显示“已经用过”。请向班主任以外的老师或者教育局说一声，不用说自己是谁。</li>
</ul>
<p><a class="button" href="${startAddress(mode)}">回到开始页</a></p>`,
  )
}

const RETURN_AFTER = 10
export const sharedRefresh = `${RETURN_AFTER}; url=/t/shared`

/** `changed`: other answers came after the first ones, which count. */
export function thanksPage(mode: Mode, checkCode: string, changed = false): string {
  const title = changed ? '先前那份已经收到' : '已经收到，谢谢'
  return page(
    { title, mode, tools: '' },
    html`<div><h1 tabindex="-1" data-focus>${title}</h1>
<p class="lead">${changed ? '先前提交的那一份算数，后来改动的没有收：提交以后不能再改。' : '这张纸条用过了，可以扔掉。'}</p></div>
<p class="receipt">回执编码 <b class="code">${checkCode}</b></p>
<p>想核对的话，把回执编码抄在别处。计票以后会公布各校计入的回执编码，找得到它，就说明这一份算进去了。它看不出答了什么，也看不出是谁。不想核对，不用抄。</p>
!${
      mode.shared
        ? html`<p><a class="button main" href="/t/shared" data-next="${RETURN_AFTER}">下一位</a></p><p class="quiet">${RETURN_AFTER} 秒以后自动回到开始页。</p>`
        : '<p class="quiet">现在可以关掉这一页。</p>'
    }`,
  )
}

/** A code that cannot be used, each reason with its own way out. */
export function closedPage(
  { state, days }: { state: Closed; days?: Days },
  given: Given,
): { html: string; status: number } {
  const { mode, code } = given
  if (state in mistakes) {
    const mistake = mistakes[state as keyof typeof mistakes]
    return { status: 422, html: startPage({ mode, code, mistake }) }
  }
  const { title, lines, status } = reasons[state as keyof typeof reasons]
  const body = html`<h1 tabindex="-1" data-focus>${title}</h1>
!${[...whenLines(state, days), ...lines].map((line) => html`<p>${line}</p>`)}
<p><a class="button" href="${startAddress(mode)}">${mode.shared ? '下一位' : '用另一张纸条'}</a></p>`
  return { status, html: page({ title, mode, tools: '' }, body) }
}

/** Opening and closing are the office's acts, so the planned days are told as planned. */
function whenLines(state: Closed, days: Days | undefined): string[] {
  if (!days) return []
  const until = dayInWords(days.until)
  if (state === 'closed') return [`这次答题到${until}为止。`]
  if (state !== 'notOpen') return []
  return [days.from ? `计划从${dayInWords(days.from)}起可以答，${until}截止。` : `${until}截止。`]
}

const mistakes = {
  misspelt: '编码抄错了，请对着纸条再看一遍。容易看错的有：8 和 B、5 和 S、2 和 Z、V 和 U。',
  unknown: '没有这个编码。请再对一遍；如果没有抄错，可能是学校重新发过纸条，请用新的那一张。',
} as const satisfies Partial<Record<Closed, string>>

const reasons: Record<Exclude<Closed, keyof typeof mistakes>, { title: string; lines: string[]; status: number }> = {
  spent: {
    title: '这个编码已经用过了',
    lines: [
      '如果是您自己刚才提交的：答卷已经收到，不用再答。',
      '如果不是您用的：请不要再试，告诉学校或者教育局“有纸条被别人用了”，不用说自己是谁。',
    ],
    status: 409,
  },
  notOpen: {
    title: '还没有开始答题',
    lines: ['请收好纸条，等学校通知开始以后再来。编码现在没有用掉。'],
    status: 409,
  },
  closed: {
    title: '答题已经截止',
    lines: ['现在不能再交了。谢谢您愿意回答。结果计票以后由教育局公布。'],
    status: 410,
  },
  void: {
    title: '这张纸条已经作废',
    lines: ['学校重新发过纸条，或者这一批纸条不再使用。请向学校要新发的纸条；没有的话，不用再答。'],
    status: 410,
  },
}

/** Something else went wrong: no such page, a form too large, a fault of the box. */
export function failedPage(status: number): string {
  const mode = { large: false, shared: false }
  const [title, line] =
    status === 404
      ? ['没有这一页', '请从纸条上的网址重新打开。']
      : status < 500
        ? ['这次没有收到', '请回到开始页，再来一次。']
        : [
            '这次没有收到',
            '系统暂时出了问题。请点浏览器的“刷新”重新提交，同一份不会算两次；或者过一会儿再答，编码没有作废。',
          ]
  return page(
    { title, mode, tools: '' },
    html`<h1>${title}</h1>
<p>${line}</p>
<p><a class="button" href="/t">回到开始页</a></p>`,
  )
}
