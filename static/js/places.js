/* Conveniences of the directory: the nearest place on a tap, and copying a text. Every page works without this file. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-position]");
  if (form && navigator.geolocation) {
    var button = form.querySelector("button");
    form.hidden = false;
    button.addEventListener("click", function () {
      button.lastChild.textContent = button.getAttribute("data-wait");
      navigator.geolocation.getCurrentPosition(function (found) {
        // Three decimals are a hundred metres: enough to sort by, and no address.
        form.elements.latitude.value = found.coords.latitude.toFixed(3);
        form.elements.longitude.value = found.coords.longitude.toFixed(3);
        form.submit();
      }, function () {
        button.lastChild.textContent = button.getAttribute("data-failed");
      }, { timeout: 10000, maximumAge: 60000 });
    });
  }
  Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), function (place) {
    if (!navigator.clipboard) { return; }
    place.hidden = false;
    place.querySelector("button").addEventListener("click", function () {
      var text = document.getElementById(place.getAttribute("data-copy"));
      navigator.clipboard.writeText(text.value).then(function () {
        place.querySelector("button").textContent = place.getAttribute("data-done");
      });
    });
  });
})();
