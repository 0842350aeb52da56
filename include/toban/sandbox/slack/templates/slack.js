// Looks every second and a half whether something changed, and then draws the page anew where it is shown.
"use strict";
const EVERY_MS = 1500;
const LIVE = [".side", "#messages", "#thread", ".head .topic"];

function atEnd(box) { return box.scrollHeight - box.scrollTop - box.clientHeight < 80; }
function toEnd(box) { box.scrollTop = box.scrollHeight; }

function replace(selector, fresh) {
  const old = document.querySelector(selector), now = fresh.querySelector(selector);
  if (!old || !now || old.innerHTML === now.innerHTML) return;
  const open = [...old.querySelectorAll("details[open][id]")].map((each) => each.id);
  const follow = atEnd(old);
  old.innerHTML = now.innerHTML;
  open.forEach((id) => { const each = document.getElementById(id); if (each) each.open = true; });
  if (follow) toEnd(old);
}

async function look() {
  if (document.hidden || document.querySelector(".veil") || document.querySelector(".phone[open], .more[open]")) return;
  try {
    const { version } = await (await fetch("/_sandbox/version")).json();
    if (version === document.body.dataset.version) return;
    const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    LIVE.forEach((selector) => replace(selector, fresh));
    const modal = fresh.querySelector(".veil");
    if (modal) document.body.append(modal);
    document.body.dataset.version = fresh.body.dataset.version;
  } catch { /* the sandbox is being restarted; the next look finds it */ }
}

document.addEventListener("change", (event) => {
  if (event.target.matches(".as select, .choose select")) event.target.form.requestSubmit();
});
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
if (location.hash) document.querySelector(CSS.escape ? "#" + CSS.escape(location.hash.slice(1)) : location.hash)?.scrollIntoView();
else document.querySelectorAll("#messages, #thread").forEach(toEnd);
setInterval(look, EVERY_MS);
