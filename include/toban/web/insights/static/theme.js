// Airflow's own choice of light or dark, which it keeps in the browser; else what the system prefers.
"use strict";
(function () {
  function apply() {
    let chosen = null;
    try { chosen = localStorage.getItem("theme"); } catch { /* kept from us: the system decides */ }
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
  }
  apply();
  addEventListener("storage", apply);
})();
