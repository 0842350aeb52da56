// The little that a page needs beyond links and forms; without it everything still works.
"use strict";
(function () {
  const framed = window.parent !== window;

  // Airflow's frame opens no new tabs, and PagerDuty and Slack refuse to be framed: the tab is opened by
  // Airflow's own page, which is of the same origin; where that cannot be, the address is copied.
  function openOutside(event) {
    const link = event.target.closest("a[data-outside]");
    if (!link || !framed) return;
    event.preventDefault();
    try {
      const twin = window.parent.document.createElement("a");
      Object.assign(twin, { href: link.href, target: "_blank", rel: "noopener noreferrer" });
      twin.click();
    } catch {
      navigator.clipboard?.writeText(link.href).then(() => tell(document.body.dataset.copied));
    }
  }

  // A point of a chart leads to its incidents, as its row of the table does.
  function followPoint(event) {
    const url = event.target.dataset?.url;
    if (url) location.assign(url);
  }

  function tell(text) {
    const notice = document.getElementById("notice");
    notice.textContent = text;
    notice.hidden = false;
    setTimeout(() => { notice.hidden = true; }, 4000);
  }

  // Empty fields stay out of the address.
  function leaveOutEmpty(event) {
    for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
  }

  // An open list of choices closes when something else is used.
  function closeLists(event) {
    document.querySelectorAll("details.pick[open]").forEach((list) => {
      if (!list.contains(event.target)) list.open = false;
    });
  }

  function closeAll(event) {
    if (event.key !== "Escape") return;
    tip.hidden = true;
    document.querySelectorAll(".what").forEach((hint) => hint.classList.add("closed"));
    document.querySelectorAll("details.pick[open]").forEach((list) => {
      list.open = false;
      list.querySelector("summary").focus();
    });
  }

  function openHint(event) {
    event.target.closest?.(".what")?.classList.remove("closed");
  }

  // What a point of a chart or the name of a column says, beside the pointer or below what has the focus.
  function showTip(event) {
    const about = event.target.closest?.("[data-tip]");
    tip.hidden = !about;
    if (!about) return;
    tip.textContent = about.dataset.tip;
    const box = about.getBoundingClientRect();
    const byKey = event.type === "focusin";
    const left = byKey ? box.left : event.clientX + 12;
    const above = byKey ? box.top - tip.offsetHeight - 8 : event.clientY - tip.offsetHeight - 10;
    const below = byKey ? box.bottom + 8 : event.clientY + 18;
    // Positions cannot be given in the markup: the policy forbids inline styles, but not this.
    tip.style.left = `${Math.max(8, Math.min(left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${above < 8 ? below : above}px`;
  }
  const tip = document.body.appendChild(document.createElement("div"));
  tip.className = "tip";
  tip.hidden = true;

  // On a phone the navigation is wider than the screen: the page one is on comes into sight.
  // (scrollIntoView would let the first press of Tab begin there, past the link to the content.)
  const current = document.querySelector(".top nav [aria-current]");
  const navigation = current?.closest("nav");
  if (current) navigation.scrollLeft = current.offsetLeft - navigation.offsetLeft - current.offsetWidth;

  document.addEventListener("pointermove", showTip);
  document.addEventListener("focusin", showTip);
  document.addEventListener("click", openOutside);
  document.addEventListener("click", followPoint);
  document.addEventListener("click", closeLists);
  document.addEventListener("focusin", closeLists);
  document.addEventListener("formdata", leaveOutEmpty);
  document.addEventListener("keydown", closeAll);
  document.addEventListener("mouseover", openHint);
  document.addEventListener("focusin", openHint);
})();
