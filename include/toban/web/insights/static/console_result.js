// A result as a table that sorts, and as a chart of its first column and its numbers.
"use strict";
(function () {
  const MOST_ROWS = 1000;
  const MOST_POINTS = 60;
  const NUMBER = /INT|FLOAT|DOUBLE|DECIMAL/;
  const SVG = "http://www.w3.org/2000/svg";
  const labels = document.getElementById("console").dataset;
  const grid = document.getElementById("grid");

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  function isNumber(column) {
    return NUMBER.test(column.type) && !/[[(]/.test(column.type.replace(/DECIMAL\(.*?\)/, "DECIMAL"));
  }

  function table(result, sorted) {
    grid.replaceChildren();
    if (!result.rows.length) { grid.append(element("p", labels.none, { class: "empty" })); return; }
    const made = element("table", undefined, { class: "rows" });
    const head = made.createTHead().insertRow();
    result.columns.forEach((column, at) => head.append(heading(result, column, at, sorted)));
    const body = made.createTBody();
    ordered(result, sorted).slice(0, MOST_ROWS).forEach((row) => {
      const line = body.insertRow();
      row.forEach((value, at) => line.append(cell(value, result.columns[at])));
    });
    grid.append(made);
  }

  function heading(result, column, at, sorted) {
    const here = sorted?.at === at;
    const made = element("th", undefined, { scope: "col", "aria-sort": here ? (sorted.down ? "descending" : "ascending") : "none" });
    if (isNumber(column)) made.className = "number";
    const button = element("button", `${column.name}${here ? (sorted.down ? " ▼" : " ▲") : ""}`, { type: "button" });
    button.addEventListener("click", () => {
      table(result, { at, down: here && !sorted.down });
      grid.querySelectorAll("thead button")[at].focus();
    });
    made.append(button, element("small", column.type.toLowerCase()));
    return made;
  }

  function ordered(result, sorted) {
    if (!sorted) return result.rows;
    const number = isNumber(result.columns[sorted.at]);
    const sign = sorted.down ? -1 : 1;
    return [...result.rows].sort((a, b) => {
      const [x, y] = [a[sorted.at], b[sorted.at]];
      if (x === null || y === null) return (x === null) - (y === null); // what is empty comes last
      return sign * (number ? Number(x) - Number(y) : String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0);
    });
  }

  function cell(value, column) {
    if (value === null) return element("td", labels.empty, { class: "void" });
    const text = typeof value === "object" ? JSON.stringify(value) : shown(value, column);
    return element("td", text, isNumber(column) ? { class: "number" } : {});
  }

  // 98.40000000000003 is how a computer writes 98.4.
  function shown(value, column) {
    const inexact = typeof value === "number" && /^(FLOAT|DOUBLE)$/.test(column.type);
    return String(inexact ? Number(value.toPrecision(12)) : value);
  }

  function drawn(name, attributes, parent) {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    parent.append(made);
    return made;
  }

  // The columns that are no numbers along the bottom, the first that is one upward.
  function chart(result) {
    const y = result.columns.findIndex(isNumber);
    if (y < 0 || !result.rows.length) return element("p", labels.nochart, { class: "empty" });
    const told = result.columns.flatMap((column, at) => (isNumber(column) ? [] : [at]));
    const x = told.length ? told : [0];
    const points = result.rows.slice(0, MOST_POINTS).map((row) => [x.map((at) => row[at] ?? labels.empty).join(" · "), Number(row[y] ?? 0)]);
    const name = `${result.columns[y].name} / ${x.map((at) => result.columns[at].name).join(" · ")}`;
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "0 0 800 260");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", name);
    const top = Math.max(0, ...points.map((point) => point[1]));
    const bottom = Math.min(0, ...points.map((point) => point[1]));
    const height = (value) => 220 - 195 * ((value - bottom) / (top - bottom || 1));
    const wide = 730 / points.length;
    for (const value of new Set([bottom, (bottom + top) / 2, top])) {
      drawn("line", { class: "grid", x1: 60, x2: 790, y1: height(value), y2: height(value) }, picture);
      drawn("text", { x: 54, y: height(value) + 4, "text-anchor": "end" }, picture).textContent = value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    }
    const every = Math.ceil(points.length / 8);
    points.forEach(([label, value], at) => {
      const left = 60 + at * wide;
      const bar = drawn("rect", { class: "f1", x: left + wide * 0.1, width: wide * 0.8, y: Math.min(height(value), height(0)), height: Math.max(1, Math.abs(height(0) - height(value))) }, picture);
      bar.dataset.tip = `${label}: ${value.toLocaleString(document.documentElement.lang)}`;
      if (at % every === 0) drawn("text", { x: left + wide / 2, y: 238, "text-anchor": "middle" }, picture).textContent = label.slice(0, 14);
    });
    const figure = document.createDocumentFragment();
    figure.append(element("figcaption", name, { class: "quiet small" }), picture);
    return figure;
  }

  window.tobanResult = { table, chart, element };
})();
