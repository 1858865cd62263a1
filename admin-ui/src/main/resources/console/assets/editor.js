// The editor: line numbers, the place of an error, a question before edited text is left, drafts.
'use strict';
(() => {
  const form = document.querySelector('[data-editor]');
  if (!form) return;
  const text = form.querySelector('textarea');
  const original = text.value;
  let sent = false;

  // Line numbers beside the text.
  const MAX_NUMBERED = 20000;
  const gutter = document.createElement('pre');
  gutter.className = 'gutter';
  gutter.setAttribute('aria-hidden', 'true');
  text.before(gutter);
  let shown = 0;
  const number = () => {
    let lines = 1;
    for (let at = text.value.indexOf('\n'); at >= 0; at = text.value.indexOf('\n', at + 1)) lines++;
    if (lines === shown) return;
    shown = lines;
    gutter.hidden = lines > MAX_NUMBERED;
    if (!gutter.hidden) gutter.textContent = Array.from({ length: lines + 1 }, (_, i) => i < lines ? i + 1 : '').join('\n') + '\n\n';
    gutter.scrollTop = text.scrollTop;
  };
  number();
  text.addEventListener('input', number);
  text.addEventListener('scroll', () => { gutter.scrollTop = text.scrollTop; });

  // To the place that the server complains about.
  const line = Number(form.dataset.line);
  if (line) {
    const lines = text.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    const column = Math.min(Number(form.dataset.column) || 1, (lines[line - 1] || '').length + 1);
    text.focus();
    text.setSelectionRange(start + column - 1, start + column - 1);
    text.scrollTop = (line - 5) * parseFloat(getComputedStyle(text).lineHeight);
  }

  // Drafts
  const name = form.dataset.draft;
  const drafts = window.rosterDrafts;
  const edited = () => text.value !== original;
  const keep = () => drafts.write(name, { base: form.dataset.base, content: text.value });
  let waiting = 0;
  text.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(keep, 500); });
  const draft = drafts.read(name);
  if (draft && draft.content !== original && form.dataset.returned !== 'true') {
    const notice = document.getElementById('draft-notice').content.cloneNode(true).firstElementChild;
    notice.querySelector('[data-draft-restore]').addEventListener('click', () => { text.value = draft.content; number(); notice.remove(); text.focus(); });
    notice.querySelector('[data-draft-discard]').addEventListener('click', () => { drafts.remove(name); notice.remove(); text.focus(); });
    form.before(notice);
  }

  // A document that the server would not take is better not sent.
  const MAX_BYTES = 1024 * 1024;
  const measure = () => text.setCustomValidity(new Blob([text.value]).size > MAX_BYTES ? form.dataset.tooLarge : '');
  text.addEventListener('input', measure);

  // Leaving
  form.addEventListener('submit', () => { sent = true; keep(); });
  window.addEventListener('beforeunload', event => {
    if (!sent && (edited() || form.dataset.returned === 'true')) event.preventDefault();
  });
  window.addEventListener('pageshow', () => { sent = false; });
})();
