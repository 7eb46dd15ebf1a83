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
})()
