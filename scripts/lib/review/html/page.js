// Runs in the page: the views of the matrix, and search, sorting and export of the table.
(() => {
  const byId = (id) => document.getElementById(id);

  const matrix = byId("matrix-table");
  if (matrix) {
    for (const radio of document.querySelectorAll('input[name="view"]')) {
      radio.addEventListener("change", () => {
        matrix.classList.remove("view-change", "view-before", "view-after");
        matrix.classList.add(`view-${radio.value}`);
      });
    }
    const unchanged = byId("unchanged");
    unchanged.addEventListener("change", () => matrix.classList.toggle("all", unchanged.checked));
  }

  const table = byId("changes-table");
  if (table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    const status = byId("shown");

    const search = byId("search");
    search.addEventListener("input", () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        row.hidden = !words.every((word) => texts.get(row).includes(word));
        if (!row.hidden) shown += 1;
      }
      status.textContent =
        words.length === 0 ? `${rows.length} changes` : `${shown} of ${rows.length} changes`;
    });

    const sortKey = (cell) => cell.dataset.sort ?? cell.textContent.trim();
    const compare = new Intl.Collator(undefined, { numeric: true }).compare;
    const heads = [...table.tHead.rows[0].cells];
    for (const [column, head] of heads.entries()) {
      head.firstElementChild.addEventListener("click", () => {
        const order = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        for (const other of heads) other.setAttribute("aria-sort", other === head ? order : "none");
        const sign = order === "ascending" ? 1 : -1;
        const keyed = [...body.rows].map((row) => [sortKey(row.cells[column]), row]);
        keyed.sort(([a], [b]) => sign * compare(a, b));
        body.append(...keyed.map(([, row]) => row));
      });
    }

    // A spreadsheet takes a text that begins like this for a formula.
    const plain = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
    const csvField = (text) => `"${plain(text.replace(/\s+/g, " ").trim()).replaceAll('"', '""')}"`;
    const csvRow = (cells) => cells.map((cell) => csvField(cell.dataset.csv ?? cell.textContent)).join(",");
    byId("export").addEventListener("click", () => {
      const shown = [...body.rows].filter((row) => !row.hidden);
      const lines = [heads, ...shown.map((row) => [...row.cells])].map(csvRow);
      const link = document.createElement("a");
      // The mark at the start tells Excel that it is UTF-8.
      link.href = URL.createObjectURL(new Blob([`\uFEFF${lines.join("\r\n")}\r\n`], { type: "text/csv" }));
      link.download = "permission-review.csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  }

  // On paper nothing can be opened.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
})();
