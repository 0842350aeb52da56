// The editor: colours painted below a transparent text field, and a list of words to complete.
"use strict";
(function () {
  const KEYWORDS = new Set(("select from where group by order having limit offset with as and or not in is null like ilike between "
    + "case when then else end join left right full inner cross asof lateral on using union all except intersect distinct "
    + "over partition window rows range preceding following current row filter values recursive materialized exists true "
    + "false asc desc nulls first last interval date timestamp qualify describe summarize show cast exclude replace").split(" "));
  const TOKEN = /(--[^\n]*|\/\*[^]*?(?:\*\/|$))|('(?:[^']|'')*'?)|("(?:[^"]|"")*"?|[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)|(\d[\d.]*(?:e[+-]?\d+)?)/gi;
  const MOST_WORDS = 12;
  const field = document.getElementById("sql");
  const paint = document.getElementById("paint");
  const list = document.getElementById("words");
  let known = new Map();
  let wrong = null;
  let chosen = 0;

  function span(kind, text) {
    const made = document.createElement("span");
    made.className = kind;
    made.textContent = text;
    return made;
  }

  function kindOf(match) {
    if (match[1]) return "comment";
    if (match[2]) return "text";
    if (match[4]) return "digits";
    const word = match[3].toLowerCase();
    return KEYWORDS.has(word) ? "keyword" : known.has(word) ? "known" : "";
  }

  // From an error's place to the end of the word there.
  function wrongRange(sql) {
    if (!wrong) return null;
    const lines = sql.split("\n");
    const before = lines.slice(0, wrong.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    // The place counts characters, this language halves some of them.
    const start = before + [...(lines[wrong.line - 1] ?? "")].slice(0, wrong.column - 1).join("").length;
    return [start, start + (/^(?:[\w\u0080-\uffff]+|'[^'\n]*'?|[^\n])/.exec(sql.slice(start))?.[0].length ?? 1)];
  }

  function repaint() {
    const sql = field.value;
    const range = wrongRange(sql);
    const made = [];
    function add(kind, from, to) {
      const cuts = range ? range.filter((cut) => cut > from && cut < to) : [];
      [from, ...cuts].forEach((start, at, all) => {
        const bad = range && start >= range[0] && start < range[1];
        made.push(span(`${kind}${bad ? " wrong" : ""}`, sql.slice(start, all[at + 1] ?? to)));
      });
    }
    let end = 0;
    for (const match of sql.matchAll(TOKEN)) {
      if (match.index > end) add("", end, match.index);
      end = match.index + match[0].length;
      add(kindOf(match), match.index, end);
    }
    if (end < sql.length) add("", end, sql.length);
    paint.replaceChildren(...made, "\n ");
    follow();
  }

  function follow() {
    paint.scrollTop = field.scrollTop;
    paint.scrollLeft = field.scrollLeft;
  }

  function wordBefore() {
    return /[A-Za-z_]\w*$/.exec(field.value.slice(0, field.selectionStart))?.[0] ?? "";
  }

  function offer(always) {
    const word = wordBefore().toLowerCase();
    const fitting = [...known].filter(([name]) => name !== word && name.startsWith(word));
    if ((!word && !always) || (word.length < 2 && !always) || !fitting.length) return close();
    chosen = 0;
    list.replaceChildren(...fitting.slice(0, MOST_WORDS).map(([name, meaning], at) => {
      const item = document.createElement("li");
      item.id = `word-${at}`;
      item.setAttribute("role", "option");
      const about = document.createElement("small");
      about.textContent = meaning;
      item.append(name, about);
      item.dataset.word = name;
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); accept(name); });
      return item;
    }));
    list.hidden = false;
    place();
    mark();
  }

  function place() {
    const lines = field.value.slice(0, field.selectionStart).split("\n");
    const style = getComputedStyle(field);
    const high = parseFloat(style.lineHeight);
    const left = parseFloat(style.paddingLeft) + width(lines.at(-1), style) - field.scrollLeft;
    list.style.top = `${parseFloat(style.paddingTop) + lines.length * high - field.scrollTop}px`;
    list.style.left = `${Math.max(0, Math.min(left, field.clientWidth - list.offsetWidth))}px`;
  }

  function width(text, style) {
    const drawing = document.createElement("canvas").getContext("2d");
    drawing.font = `${style.fontSize} ${style.fontFamily}`;
    return drawing.measureText(text).width;
  }

  function mark() {
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    field.setAttribute("aria-activedescendant", `word-${chosen}`);
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  }

  function accept(word) {
    const end = field.selectionStart;
    field.setRangeText(word, end - wordBefore().length, end, "end");
    close();
    changed();
  }

  function keys(event) {
    if (event.ctrlKey && event.code === "Space") { event.preventDefault(); return offer(true); }
    if (list.hidden || event.isComposing) return;
    const count = list.children.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      mark();
    } else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") accept(list.children[chosen].dataset.word);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }

  function changed() {
    wrong = null;
    repaint();
  }

  field.addEventListener("input", (event) => { changed(); if (!event.isComposing) offer(false); });
  field.addEventListener("scroll", follow);
  field.addEventListener("keydown", keys);
  field.addEventListener("blur", close);
  window.tobanEditor = {
    get sql() { return field.value; },
    set sql(text) { field.value = text; changed(); },
    learn(tables) {
      known = new Map(tables.flatMap((table) => table.columns.map((column) => [column.name, column.meaning])));
      tables.forEach((table) => known.set(table.name, table.meaning));
      known = new Map([...known].sort(([a], [b]) => (a < b ? -1 : 1)));
      repaint();
    },
    insert(text) { field.setRangeText(text, field.selectionStart, field.selectionEnd, "end"); changed(); field.focus(); },
    // Show what is wrong where it is, and put the cursor there.
    point(line, column) {
      wrong = { line, column };
      const [start] = wrongRange(field.value);
      field.focus();
      field.setSelectionRange(start, start);
      repaint();
    },
  };
})();
