// Refines the pages; everything works without it.
(function () {
  'use strict';
  // "/" goes to the query box, unless one is already writing.
  document.addEventListener('keydown', function (e) {
    if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
    var box = document.getElementById('q');
    if (!box) return;
    e.preventDefault();
    box.focus();
    box.select();
  });
  // The keys that a page names on its buttons and links press them.
  document.addEventListener('keydown', function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || e.repeat || !/^[0-9a-z]$/.test(e.key)) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && e.target.type !== 'checkbox') return;
    var press = document.querySelector('[data-key="' + e.key + '"]');
    if (!press) return;
    e.preventDefault();
    press.click();
  });
})();
