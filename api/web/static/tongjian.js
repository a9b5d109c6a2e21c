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
})();
