/* Conveniences only: every page works without this file. */
(function () {
  "use strict";
  var LONG_EDGE = 1600, MOST_BYTES = 400 * 1024;

  function each(selector, act, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), act);
  }

  /* Errors: bring the summary into view and to the screen reader, also after Back. */
  function focusErrors() {
    var summary = document.querySelector("[data-error-summary]");
    if (summary) { summary.focus(); }
  }

  /* Double submit: the second press of the same form goes nowhere. The server refuses it too. */
  function guardSubmits() {
    document.addEventListener("submit", function (event) {
      var form = event.target;
      if (form.method.toLowerCase() !== "post" || event.defaultPrevented) { return; }
      if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
      form.setAttribute("data-sent", "");
      each("button:not([type=button])", function (button) { button.setAttribute("aria-disabled", "true"); }, form);
      // A download or a slow network must not lock the form for ever.
      setTimeout(function () { release(form); }, 15000);
    });
    window.addEventListener("pageshow", function () { each("form[data-sent]", release); });
  }
  function release(form) {
    form.removeAttribute("data-sent");
    each("[aria-disabled]", function (button) { button.removeAttribute("aria-disabled"); }, form);
  }

  /* Pictures: made smaller on the phone, so that twelve megapixels pass a weak network. */
  function toJpeg(canvas, quality) {
    return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", quality); });
  }
  function shrink(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= MOST_BYTES) { return Promise.resolve(file); }
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (bitmap) {
      var scale = Math.min(1, LONG_EDGE / Math.max(bitmap.width, bitmap.height));
      var canvas = document.createElement("canvas");
      function attempt(quality) {
        canvas.width = Math.round(bitmap.width * scale);
        canvas.height = Math.round(bitmap.height * scale);
        var paper = canvas.getContext("2d");
        paper.fillStyle = "#fff";
        paper.fillRect(0, 0, canvas.width, canvas.height);
        paper.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        return toJpeg(canvas, quality).then(function (blob) {
          if (!blob) { return file; }
          if (blob.size <= MOST_BYTES) {
            return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
          }
          if (quality > 0.55) { return attempt(quality - 0.12); }
          scale *= 0.8;
          return attempt(0.7);
        });
      }
      return attempt(0.82);
    }).catch(function () { return file; }); // an odd format goes up as it is; the server decides
  }
  function canShrink() {
    try { return !!(window.createImageBitmap && new DataTransfer() && HTMLCanvasElement.prototype.toBlob); } catch (error) { return false; }
  }
  function words(bytes) { return bytes < 1048576 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB"; }
  function watchPhotos() {
    each("[data-photos]", function (group) {
      var list = group.parentNode.querySelector("[data-files]");
      each("input[type=file]", function (input) {
        input.addEventListener("change", function () { take(input, list); });
      }, group);
    });
  }
  function take(input, list) {
    var chosen = Array.prototype.slice.call(input.files), form = input.form;
    show(input, list, chosen);
    if (!canShrink() || !chosen.length) { return; }
    if (form) { form.setAttribute("data-sent", ""); } // wait until the pictures are small
    Promise.all(chosen.map(shrink)).then(function (files) {
      var bag = new DataTransfer();
      files.forEach(function (file) { bag.items.add(file); });
      input.files = bag.files;
      show(input, list, files);
    }).then(function () { if (form) { release(form); } }, function () { if (form) { release(form); } });
  }
  function show(input, list, files) {
    if (!list) { return; }
    each('[data-from="' + input.id + '"]', function (old) { old.parentNode.removeChild(old); }, list);
    files.forEach(function (file) {
      var item = document.createElement("li"), name = document.createElement("span"), size = document.createElement("span");
      item.setAttribute("data-from", input.id);
      name.textContent = file.name;
      size.textContent = words(file.size);
      size.className = "muted nowrap";
      item.appendChild(name);
      item.appendChild(size);
      list.appendChild(item);
    });
  }

  /* Broker: choose all, and count the chosen. */
  function watchChoices() {
    each("[data-count]", function (place) {
      var name = place.getAttribute("data-count"), boxes = 'input[type=checkbox][name="' + name + '"]';
      var empty = place.getAttribute("data-none") || place.textContent;
      var all = document.querySelector('[data-select-all="' + name + '"]');
      function count() {
        var chosen = document.querySelectorAll(boxes + ":checked").length, total = document.querySelectorAll(boxes).length;
        place.textContent = chosen ? "已选 " + chosen + " 人" : empty;
        if (all) { all.checked = chosen === total && total > 0; all.indeterminate = chosen > 0 && chosen < total; }
      }
      if (all) {
        each('[data-select-all-row="' + name + '"]', function (row) { row.hidden = false; });
        all.addEventListener("change", function () { each(boxes, function (box) { box.checked = all.checked; }); count(); });
      }
      document.addEventListener("change", function (event) { if (event.target.name === name) { count(); } });
      document.addEventListener("htmx:afterSwap", count);
      count();
    });
  }

  /* Read aloud: the button exists only where the browser has a Chinese voice. */
  function offerVoice() {
    var place = document.querySelector("[data-read-here]"), speech = window.speechSynthesis;
    if (!place || !speech || !window.SpeechSynthesisUtterance) { return; }
    function voice() {
      return speech.getVoices().filter(function (each) { return /^(zh|cmn)/i.test(each.lang); })[0];
    }
    function add() {
      if (place.querySelector("[data-read]") || !voice()) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.setAttribute("data-read", "");
      button.textContent = "朗读这一页";
      button.addEventListener("click", function () {
        if (speech.speaking) { speech.cancel(); button.textContent = "朗读这一页"; return; }
        var said = new SpeechSynthesisUtterance(document.getElementById("main").innerText.replace("朗读这一页", ""));
        said.lang = "zh-CN";
        said.voice = voice();
        said.rate = 0.9;
        said.onend = function () { button.textContent = "朗读这一页"; };
        button.textContent = "停止朗读";
        speech.speak(said);
      });
      place.appendChild(button);
    }
    add();
    if (speech.addEventListener) { speech.addEventListener("voiceschanged", add); }
    window.addEventListener("pagehide", function () { speech.cancel(); });
  }

  focusErrors();
  guardSubmits();
  watchPhotos();
  watchChoices();
  offerVoice();
})();
