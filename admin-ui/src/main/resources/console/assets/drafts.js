// Unsaved text, kept for this window until it is published, so that a lost session or a closed page loses nothing.
'use strict';
window.rosterDrafts = (() => {
  const key = name => 'roster.draft.' + name;
  const drafts = {
    read(name) { try { return JSON.parse(sessionStorage.getItem(key(name))); } catch { return null; } },
    write(name, draft) { try { sessionStorage.setItem(key(name), JSON.stringify(draft)); } catch { /* too large or not allowed */ } },
    remove(name) { try { sessionStorage.removeItem(key(name)); } catch { /* nothing kept */ } },
  };
  // A page that shows what is published: a draft with that very text has arrived.
  const shown = document.querySelector('[data-published]');
  if (shown) {
    const draft = drafts.read(shown.dataset.published);
    const text = shown.querySelector('[data-content]');
    if (draft && text && draft.content.trimEnd() === text.textContent.trimEnd()) drafts.remove(shown.dataset.published);
  }
  return drafts;
})();
