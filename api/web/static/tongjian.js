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
  // Files are sent one at a time, so that each shows how it went; folders and dropped files too.
  var drop = document.querySelector('form[data-upload]');
  if (drop && window.fetch && document.getElementById('imported')) {
    var table = document.getElementById('imported');
    var body = table.querySelector('tbody');
    var folder = drop.querySelector('.folder');
    if (folder && 'webkitdirectory' in document.createElement('input')) folder.hidden = false;
    var cell = function (row, text, href) {
      var td = row.insertCell();
      if (href) {
        var a = document.createElement('a');
        a.href = href;
        a.textContent = text;
        td.appendChild(a);
      } else td.textContent = text;
      return td;
    };
    var words = { added: '新增', unchanged: '未变', replaced: '替换', folded: '重复件', outdated: '旧版本', failed: '失败' };
    var line = function (name, result, href, text, findings, warnings) {
      table.hidden = false;
      var row = body.insertRow(0);
      cell(row, name);
      cell(row, (result === 'failed' ? '✕ ' : '') + (words[result] || result));
      cell(row, text, href);
      ['', '', ''].forEach(function (t) { cell(row, t); });
      cell(row, findings).className = 'n';
      cell(row, warnings, href && warnings ? href + '#quality' : '');
      return row;
    };
    var send = function (files) {
      var left = Array.prototype.slice.call(files);
      var next = function () {
        var file = left.shift();
        if (!file) return;
        var name = file.webkitRelativePath || file.name;
        var waiting = line(name, '读取中…', '', '', '', '');
        fetch(drop.dataset.upload + '?filename=' + encodeURIComponent(name), { method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' } })
          .then(function (r) { return r.json(); })
          .then(function (answer) {
            waiting.remove();
            (answer.data || [{ name: name, result: 'failed', reason: answer.detail }]).forEach(function (o) {
              var href = o.document_id ? '/documents/' + o.document_id : '';
              line(o.name, o.result, href, href ? '查看' : (o.reason || ''), href ? o.findings : '', o.warnings ? o.warnings + ' 条提示' : '');
            });
          })
          .catch(function () { waiting.remove(); line(name, 'failed', '', '没有送到，请重试', '', ''); })
          .then(next);
      };
      next();
    };
    drop.addEventListener('submit', function (e) {
      e.preventDefault();
      Array.prototype.forEach.call(drop.querySelectorAll('input[type=file]'), function (input) { send(input.files); });
    });
    folder && folder.querySelector('input').addEventListener('change', function () { send(this.files); });
    document.addEventListener('dragover', function (e) { e.preventDefault(); drop.classList.add('over'); });
    document.addEventListener('dragleave', function () { drop.classList.remove('over'); });
    document.addEventListener('drop', function (e) { e.preventDefault(); drop.classList.remove('over'); send(e.dataTransfer.files); });
  }
})();
