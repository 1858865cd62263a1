// Keeps a list up to date: asks for the page itself again and takes the region out of it. Stops while nobody looks, and
// when nobody has touched the page for long, so that an open window does not keep its session for ever.
'use strict';
(() => {
  const PERIOD = 3000;
  const IDLE = 15 * 60 * 1000;
  const toggle = document.querySelector('[data-live-toggle]');
  if (!toggle || !document.querySelector('[data-live]')) return;
  let on = true;
  let touched = Date.now();
  let timer = 0;

  const region = () => document.querySelector('[data-live]');
  const busy = () => region().contains(document.activeElement) || region().querySelector('details[open]')
      || !(document.getSelection()?.isCollapsed ?? true);

  async function refresh() {
    if (!on || document.hidden || busy() || Date.now() - touched > IDLE) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
      if (answer.redirected) {
        end(toggle.dataset.ended);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.querySelector('[data-live]');
      // A problem page has no such region: keep what there is and ask again later.
      if (fresh && !busy() && fresh.innerHTML !== region().innerHTML) region().replaceWith(document.adoptNode(fresh));
    } catch { /* the server is away: ask again later */ }
  }

  function end(text) {
    clearInterval(timer);
    on = false;
    toggle.hidden = true;
    const notice = document.createElement('p');
    notice.className = 'notice problem';
    notice.setAttribute('role', 'alert');
    notice.textContent = text;
    region().before(notice);
  }

  toggle.hidden = false;
  toggle.addEventListener('click', () => {
    on = !on;
    toggle.setAttribute('aria-pressed', String(on));
    if (on) refresh();
  });
  for (const kind of ['pointermove', 'keydown', 'focus']) {
    window.addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
  }
  document.addEventListener('visibilitychange', refresh);
  timer = setInterval(refresh, PERIOD);
})();
