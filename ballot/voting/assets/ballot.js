// Every page works without this. Here: the code from the QR's fragment, and patience with a broken line.
;(function () {
  // A browser too old for what follows sends its forms by itself.
  if (!window.AbortController || !Promise.prototype.finally) return
  // Apps that pass an address on add something behind it.
  var code = /^#([\w-]{22})(?![\w-])/
  var busy = false
  var pressed
  function arrive() {
    var at = document.querySelector('[data-focus]')
    if (at) at.focus()
    var next = document.querySelector('[data-next]')
    if (next) setTimeout(() => location.replace(next.href), next.dataset.next * 1000)
  }
  // The reply takes the place of the page, so that neither code nor answers enter the browser's history.
  function show(html) {
    var page = new DOMParser().parseFromString(html, 'text/html')
    busy = false
    document.title = page.title
    document.documentElement.className = page.documentElement.className
    document.body = page.body
    scrollTo(0, 0)
    arrive()
  }
  function send(form, url, body, tries) {
    var said = form.querySelector('.said')
    var say = (text) => (said.textContent = text)
    var abort = new AbortController()
    var timer = setTimeout(() => abort.abort(), 20000)
    say(tries > 1 ? form.dataset.again + '（第 ' + (tries - 1) + ' 次）' : '请稍等…')
    fetch(url, { method: 'POST', body, credentials: 'omit', cache: 'no-store', signal: abort.signal })
      .then((reply) => {
        if (reply.status > 499) throw reply
        return reply.text()
      })
      .finally(() => clearTimeout(timer))
      .then(show, () => {
        if (tries < 20) return setTimeout(send, Math.min(2 ** tries, 15) * 500, form, url, body, tries + 1)
        busy = false
        form.removeAttribute('data-sending')
        say(form.dataset.rest)
      })
  }
  function submit(form, button) {
    if (busy) return
    busy = true
    var body = new URLSearchParams(new FormData(form))
    if (button && button.name) body.set(button.name, button.value)
    form.setAttribute('data-sending', '')
    send(form, (button && button.getAttribute('formaction')) || form.getAttribute('action'), body, 1)
  }
  function scanned() {
    var found = code.exec(location.hash)
    var field = document.querySelector('input.code')
    if (!field) return found && location.reload()
    if (!found && location.hash.length < 12) return
    // Another slip was scanned into a page that is past the start, or the code did not arrive whole.
    history.replaceState(null, '', location.pathname + location.search)
    if (!found) return (field.form.querySelector('.said').textContent = '二维码没有读全，请输入纸条上的编码。')
    field.value = found[1]
    submit(field.form)
  }
  // iPhones before 15.4 do not say which button sent the form.
  document.addEventListener('click', (event) => (pressed = event.target.closest('button')))
  document.addEventListener('submit', (event) => {
    var button = event.submitter || pressed
    if (!button) return
    event.preventDefault()
    if (button.name !== 'stay') submit(event.target, button)
  })
  // What is answered is no longer a mistake.
  document.addEventListener('change', (event) => {
    var bad = event.target.type === 'radio' && event.target.closest('.bad')
    if (!bad) return
    bad.classList.remove('bad')
    bad.querySelector('.mistake').remove()
    var line = document.querySelector('.mistakes a[href="#' + bad.id + '"]')
    if (line) line.parentNode.remove()
  })
  // From fifty on it says how many characters are left, as people count them.
  document.addEventListener('input', ({ target }) => {
    var left = target.tagName === 'TEXTAREA' && document.querySelector('[data-most]')
    if (!left) return
    var text = target.value.trim()
    var signs = Intl.Segmenter ? new Intl.Segmenter('zh').segment(text) : text
    var rest = left.dataset.most - Array.from(signs).length
    left.textContent =
      rest < 0 ? '多了 ' + -rest + ' 个字，请删短一些。' : rest < 50 ? '还可以写 ' + rest + ' 个字。' : ''
  })
  window.addEventListener('hashchange', scanned)
  // On a shared tablet nothing of the one before comes back.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && document.querySelector('[name=shared]')) location.replace('/t/shared')
  })
  arrive()
  scanned()
})()
