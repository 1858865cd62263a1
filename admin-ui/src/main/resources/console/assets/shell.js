// Conveniences of every page; without this file everything still works by links and forms.
'use strict';

// Menus close when the user goes elsewhere, by pointer, by Escape, or by leaving them with the keyboard.
const menus = () => document.querySelectorAll('details.menu[open]');
document.addEventListener('click', event => {
  menus().forEach(menu => { if (!menu.contains(event.target)) menu.open = false; });
});
document.addEventListener('focusin', event => {
  menus().forEach(menu => { if (!menu.contains(event.target)) menu.open = false; });
});
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  menus().forEach(menu => { menu.open = false; menu.querySelector('summary').focus(); });
});

// Theme: at once, and kept by the same form as without script.
document.querySelectorAll('[data-theme-form]').forEach(form => form.addEventListener('submit', event => {
  const chosen = event.submitter;
  if (!chosen) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, chosen));
  fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => {});
  document.documentElement.dataset.theme = chosen.value;
  form.querySelectorAll('button').forEach(button => button.setAttribute('aria-pressed', String(button === chosen)));
}));

// Keyboard: "/" for the filter, "g" and a letter for a page. Can be switched off (WCAG 2.1.4).
const keysOff = 'roster.keys.off';
const stored = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); } catch { /* not kept */ } },
};
let first = 0;
document.addEventListener('keydown', event => {
  if (stored.get(keysOff) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest('input, select, textarea, [contenteditable]')) return;
  const filter = document.querySelector('[data-filter]');
  if (event.key === '/' && filter) {
    event.preventDefault();
    filter.focus();
    filter.select();
  } else if (event.key === 'g') {
    first = Date.now();
  } else if (first && Date.now() - first < 1500) {
    const link = document.querySelector(`[data-shortcut="g ${CSS.escape(event.key)}"]`);
    first = 0;
    if (link) link.click();
  }
});
document.querySelectorAll('[data-keys-toggle]').forEach(button => {
  const show = () => {
    const on = !stored.get(keysOff);
    button.setAttribute('aria-pressed', String(on));
    button.textContent = on ? button.dataset.on : button.dataset.off;
  };
  button.hidden = false;
  button.addEventListener('click', () => { stored.set(keysOff, stored.get(keysOff) ? null : '1'); show(); });
  show();
});

// Whoever signs out leaves no unsaved text behind; whoever is signed out by the clock finds it again.
document.querySelectorAll('[data-sign-out]').forEach(form => form.addEventListener('submit', () => {
  try {
    Object.keys(sessionStorage).filter(key => key.startsWith('roster.draft.')).forEach(key => sessionStorage.removeItem(key));
  } catch { /* nothing kept */ }
}));

// Copying a secret that is shown once.
document.querySelectorAll('[data-copy]').forEach(button => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    const field = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(field.value).then(() => { button.textContent = button.dataset.copied; }, () => field.select());
  });
});
