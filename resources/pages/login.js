(function () {
  "use strict";
  var forms = document.getElementsByName("cognitoSignInForm");
  Array.prototype.forEach.call(document.querySelectorAll("form input[name]"), function (field) {
    if (field.type !== "text" && field.type !== "password") { return; }
    field.addEventListener("input", function () {
      Array.prototype.forEach.call(document.getElementsByName(field.name), function (other) {
        if (other !== field) { other.value = field.value; }
      });
    });
  });
  Array.prototype.forEach.call(forms, function (form) {
    var sent = false;
    form.addEventListener("submit", function (event) {
      if (sent) { event.preventDefault(); return; }
      sent = true;
    });
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { window.location.reload(); }
  });
}());
