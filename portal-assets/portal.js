// Nothing here is needed: every page works without it.
;(function () {
  var first = document.querySelector('[data-focus]')
  if (first) first.focus()
  // A second press on a slow line must not send the form twice.
  document.addEventListener('submit', function (event) {
    var form = event.target
    if (!form.hasAttribute('data-once')) return
    if (form.hasAttribute('data-sent')) event.preventDefault()
    else form.setAttribute('data-sent', '')
  })
  // Coming back by the back button, the form may be sent again.
  window.addEventListener('pageshow', function () {
    var sent = document.querySelectorAll('[data-sent]')
    for (var i = 0; i < sent.length; i += 1) sent[i].removeAttribute('data-sent')
  })
  // How much may still be written, in characters as people see them; nothing is cut off.
  function length(text) {
    var plain = text.trim()
    if (!window.Intl || !Intl.Segmenter) return Array.from(plain).length
    return Array.from(new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(plain)).length
  }
  var limited = document.querySelectorAll('[data-limit]')
  for (var at = 0; at < limited.length; at += 1) count(limited[at])
  function count(area) {
    var note = document.createElement('p')
    var most = Number(area.getAttribute('data-limit'))
    area.parentNode.appendChild(note)
    function say() {
      var left = most - length(area.value)
      note.className = left < 0 ? 'hint counter-over' : 'hint'
      note.textContent = left < 0 ? '超出 ' + -left + ' 个字' : '还可以写 ' + left + ' 个字'
    }
    area.addEventListener('input', say)
    say()
  }
})()
