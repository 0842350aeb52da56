// The SQL console: asks, tells, remembers, and shares by the address.
"use strict";
(function () {
  const HISTORY = "toban.console.history";
  const KEPT = 50;
  const root = document.getElementById("console");
  const labels = root.dataset;
  const { table, chart, element } = window.tobanResult;
  const editor = window.tobanEditor;
  const byId = (id) => document.getElementById(id);
  let result = null;

  function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  async function ask(path) {
    const question = { sql: editor.sql, persons: byId("persons")?.checked ?? false };
    const answer = await fetch(`${labels.base}/${path}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(question),
    });
    if (!answer.ok) throw new Error(labels.lost);
    if (!answer.headers.get("content-type")?.includes("json")) return answer.blob().then((file) => [answer, file]);
    const told = await answer.json();
    if (told.refused) throw Object.assign(new Error(told.refused.reason), told.refused);
    return [answer, told];
  }

  async function busily(doing) {
    const buttons = root.querySelectorAll(".bar-of-buttons button");
    byId("reason").hidden = true;
    byId("told").textContent = labels.running;
    forget();
    buttons.forEach((button) => { button.disabled = true; });
    try {
      await doing();
    } catch (error) {
      byId("told").textContent = "";
      complain(error);
    } finally {
      buttons.forEach((button) => { button.disabled = false; });
    }
  }

  // What an earlier query gave is not taken for this one's answer.
  function forget() {
    result = null;
    byId("grid").replaceChildren();
    byId("chart").hidden = true;
    byId("drawing").hidden = true;
  }

  function complain(error) {
    const text = error.reason ?? labels.lost;
    byId("reason").textContent = error.line ? `${filled(labels.at, error)} ${text}` : text;
    byId("reason").hidden = false;
    if (error.line) editor.point(error.line, error.column);
  }

  function run() {
    return busily(async () => {
      remember(editor.sql);
      [, result] = await ask("run");
      const rows = result.rows.length.toLocaleString(document.documentElement.lang);
      const told = filled(labels.rows, { rows, seconds: result.elapsed_s.toFixed(2) });
      byId("told").textContent = result.truncated ? `${told} · ${filled(labels.cut, { rows })}` : told;
      byId("chart").hidden = !result.rows.length;
      table(result);
      draw();
    });
  }

  function draw() {
    const shown = byId("chart").getAttribute("aria-pressed") === "true" && result.rows.length > 0;
    byId("drawing").hidden = !shown;
    byId("drawing").replaceChildren(...(shown ? [chart(result)] : []));
  }

  function download(kind) {
    return busily(async () => {
      const [answer, file] = await ask(kind);
      const address = URL.createObjectURL(file);
      Object.assign(document.createElement("a"), { href: address, download: `toban-query.${kind}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
      byId("told").textContent = answer.headers.has("Toban-Truncated") ? labels.cutfile : "";
    });
  }

  function history() {
    try { return JSON.parse(localStorage.getItem(HISTORY)) ?? []; } catch { return []; }
  }

  function remember(sql) {
    if (!sql.trim()) return;
    try {
      localStorage.setItem(HISTORY, JSON.stringify([sql, ...history().filter((each) => each !== sql)].slice(0, KEPT)));
    } catch { /* full or kept from us: no history then */ }
    list(byId("history"), history().map((each) => [each.replace(/\s+/g, " "), each]));
    window.history.replaceState(null, "", `#sql=${encodeURIComponent(sql)}`);
  }

  // What an example answers and leaves out stands below the editor as long as that example is in it.
  function explain(about) {
    byId("about").textContent = about ?? "";
    byId("about").hidden = !about;
  }

  function fill(sql, about) {
    editor.sql = sql;
    explain(about);
    byId("sql").focus();
    byId("sql").setSelectionRange(0, 0);
    byId("sql").scrollTop = 0;
  }

  function list(where, items) {
    where.replaceChildren(...items.map(([text, sql, about]) => {
      const item = element("li");
      const button = element("button", text, { type: "button" });
      button.addEventListener("click", () => { fill(sql, about); });
      item.append(button);
      return item;
    }));
  }

  async function learn() {
    const persons = byId("persons")?.checked ?? false;
    const query = new URLSearchParams({ persons: String(persons), lang: document.documentElement.lang });
    const answer = await fetch(`${labels.base}/schema?${query}`);
    if (!answer.ok) return;
    const known = await answer.json();
    editor.learn(known.tables);
    list(byId("examples"), known.examples.map((each) => [each.question, each.sql, each.about]));
    byId("tables").replaceChildren(...known.tables.map(described));
    if (!editor.sql) editor.sql = known.examples[0]?.sql ?? "";
    explain(known.examples.find((each) => each.sql === editor.sql)?.about);
  }

  function described(each) {
    const made = element("details");
    const columns = element("ul");
    each.columns.forEach((column) => {
      const item = element("li");
      const button = element("button", column.name, { type: "button" });
      button.append(element("small", `${column.type.toLowerCase()} · ${column.meaning}`));
      button.addEventListener("click", () => editor.insert(column.name));
      item.append(button);
      columns.append(item);
    });
    made.append(element("summary", each.name), element("p", each.meaning), columns);
    return made;
  }

  function tell(text) {
    const notice = byId("notice");
    notice.textContent = text;
    notice.hidden = false;
    setTimeout(() => { notice.hidden = true; }, 4000);
  }

  async function share() {
    window.history.replaceState(null, "", `#sql=${encodeURIComponent(editor.sql)}`);
    try { await navigator.clipboard.writeText(location.href); tell(labels.copied); } catch { tell(location.href); }
  }

  function fromAddress() {
    try { return decodeURIComponent(/^#sql=(.*)$/s.exec(location.hash)?.[1] ?? ""); } catch { return ""; }
  }

  byId("sql").addEventListener("input", () => explain());
  byId("run").addEventListener("click", run);
  byId("link").addEventListener("click", share);
  byId("persons")?.addEventListener("change", learn);
  byId("chart").addEventListener("click", (event) => {
    const pressed = event.target.getAttribute("aria-pressed") === "true";
    event.target.setAttribute("aria-pressed", String(!pressed));
    draw();
  });
  root.querySelectorAll("[data-download]").forEach((button) => {
    button.addEventListener("click", () => download(button.dataset.download));
  });
  byId("sql").addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && !byId("run").disabled) { event.preventDefault(); run(); }
  });
  // A shared link fills the editor; whoever opened it runs it.
  editor.sql = fromAddress();
  list(byId("history"), history().map((each) => [each.replace(/\s+/g, " "), each]));
  learn();
})();
