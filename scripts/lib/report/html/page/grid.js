// A long table, a page at a time: search, sorting, export.
import { saveCsv } from "./csv.js";
import { cellText, matching, sortNumbers, unpack } from "./rows.js";

const pageRows = 50;
const number = (value) => value.toLocaleString("en-US");

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Fills the frame. */
export async function showGrid(place) {
  const { grid: id, label } = place.dataset;
  const data = await unpack(id);
  const state = { order: Uint32Array.from({ length: data.rows }, (_, row) => row), rows: [], page: 0 };
  const { columns } = data;

  const search = element("input", { type: "search", id: `search-${id}`, autocomplete: "off" });
  const status = element("span", { role: "status" });
  const save = element("button", { type: "button", textContent: "Export as CSV" });
  save.addEventListener("click", () => saveCsv(id, columns, state.rows));
  const searchLabel = element("label", { htmlFor: search.id }, "Search ", hiddenText(`in ${label} `));
  const tools = element("div", { className: "tools" }, searchLabel, search, save, status);

  const body = element("tbody");
  const heads = columns.map(({ title, kind }, index) => {
    const head = element("th", { scope: "col" }, element("button", { type: "button", textContent: title }));
    // Events come newest first.
    head.setAttribute("aria-sort", index === 0 && kind === "time" ? "descending" : "none");
    return head;
  });
  const table = element(
    "table",
    { className: "changes" },
    element("thead", {}, element("tr", {}, ...heads)),
    body,
  );
  const scroll = element("div", { className: "scroll", tabIndex: 0 }, table);
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", `Table: ${label}`);

  const pager = element("div", { className: "tools pager" });
  pager.setAttribute("role", "group");
  pager.setAttribute("aria-label", `Pages of ${label}`);
  const turn = (title, target) => {
    const button = element("button", { type: "button", textContent: title });
    button.addEventListener("click", () => {
      if (button.ariaDisabled === "true") return;
      state.page = target();
      draw();
      scroll.scrollTop = 0;
    });
    pager.append(button);
    return button;
  };
  const lastPage = () => Math.max(0, Math.ceil(state.rows.length / pageRows) - 1);
  const back = [turn("First", () => 0), turn("Previous", () => state.page - 1)];
  const on = [turn("Next", () => state.page + 1), turn("Last", lastPage)];
  const where = element("span", { ariaLive: "polite" });
  pager.append(where);

  // On paper there are no buttons: what is left out is said.
  const printed = element("p", { className: "printed" });

  function draw() {
    const from = state.page * pageRows;
    const shown = state.rows.slice(from, from + pageRows);
    body.replaceChildren(
      ...Array.from(shown, (row) =>
        element(
          "tr",
          {},
          ...columns.map((column) =>
            element("td", { className: column.kind, textContent: cellText(column, row) }),
          ),
        ),
      ),
    );
    const total = state.rows.length;
    where.textContent = total === 0 ? "" : `Rows ${number(from + 1)} to ${number(from + shown.length)}`;
    printed.textContent =
      total > pageRows ? `${where.textContent} of ${number(total)}; the file has all of them.` : "";
    // Not `disabled`: who turns pages by keyboard would lose the place on the last one.
    for (const button of back) button.ariaDisabled = String(state.page === 0);
    for (const button of on) button.ariaDisabled = String(state.page >= lastPage());
    pager.hidden = total <= pageRows;
    status.textContent =
      total === data.rows ? `${number(total)} rows` : `${number(total)} of ${number(data.rows)} rows`;
  }

  function find() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    state.rows = matching(data, state.order, words);
    state.page = 0;
    draw();
  }

  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 100);
  });
  for (const [index, head] of heads.entries()) {
    head.firstElementChild.addEventListener("click", () => {
      const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const other of heads) other.setAttribute("aria-sort", other === head ? direction : "none");
      const by = sortNumbers(columns[index]);
      const sign = direction === "ascending" ? 1 : -1;
      state.order.sort((a, b) => sign * (by[a] - by[b]) || a - b);
      find();
    });
  }

  find();
  place.replaceChildren(tools, scroll, pager, printed);
}

function hiddenText(text) {
  return element("span", { className: "hidden-text", textContent: text });
}
