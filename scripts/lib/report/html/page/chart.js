// Bars over time, drawn from the table that stands below them.
import uPlot from "uplot";

const drawn = new Map();
const height = 220;
const tones = {
  Failed: "--danger",
  Successful: "--bar",
  Administrator: "--danger",
  Delegate: "--caution",
  "Service account": "--bar",
  Other: "--muted",
};

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draws the table that the place names. */
export function drawChart(place) {
  const table = document.getElementById(place.dataset.chart);
  const { names, points } = numbersOf(table);
  const draw = () => {
    place.replaceChildren();
    const stacked = stack(
      points.map(({ counts }) => counts),
      names.length,
    );
    const plot = new uPlot(
      optionsOf(names, place.clientWidth, table.dataset.unit, points),
      [points.map(({ at }) => at), ...stacked],
      place,
    );
    drawn.set(place, { draw, plot });
  };
  draw();
  new ResizeObserver(() => {
    const { plot } = drawn.get(place);
    if (place.clientWidth > 0 && plot.width !== place.clientWidth)
      plot.setSize({ width: place.clientWidth, height });
  }).observe(place);
}

/** With the colours of now. */
export function redrawCharts() {
  for (const { draw, plot } of [...drawn.values()]) {
    plot.destroy();
    draw();
  }
}

function numbersOf(table) {
  const [, ...heads] = table.tHead.rows[0].cells;
  const points = Array.from(table.tBodies[0].rows, ({ cells: [when, ...cells] }) => ({
    at:
      Date.parse(`${when.textContent.replace(" ", "T")}${when.textContent.length > 10 ? "Z" : "T00:00Z"}`) /
      1000,
    counts: cells.map((cell) => Number(cell.textContent.replaceAll(",", ""))),
  }));
  return { names: heads.map((head) => head.textContent), points };
}

/** Each series with all after it, the tallest first: drawn in that order they stand on one another. */
function stack(counts, series) {
  return Array.from({ length: series }, (_, index) =>
    counts.map((row) => row.slice(0, series - index).reduce((sum, value) => sum + value, 0)),
  );
}

function optionsOf(names, width, unit, points) {
  const text = colour("--muted");
  const axis = {
    stroke: text,
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line") },
    font: "12px system-ui, sans-serif",
  };
  const half = unit === "hour" ? 1800 : 43_200;
  const topFirst = [...names].reverse();
  return {
    width,
    height,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    padding: [8, 16, 0, 0],
    scales: {
      x: { range: (_, first, last) => [first - half, last + half] },
      y: { range: (_, __, most) => [0, Math.max(1, most * 1.05)] },
    },
    axes: [
      {
        ...axis,
        values: (_, values) => values.map((at) => label(at, unit).slice(5)),
        space: unit === "hour" ? 90 : 56,
      },
      {
        ...axis,
        size: 64,
        values: (_, values) =>
          values.map((value) => (Number.isInteger(value) ? value.toLocaleString("en-US") : "")),
      },
    ],
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    series: [
      {
        label: unit === "hour" ? "Hour" : "Day",
        value: (_, at) => (at === null ? "" : label(at, unit)),
      },
      ...topFirst.map((name, index) => {
        const fill = colour(tones[name] ?? "--bar");
        const place = names.length - 1 - index;
        return {
          label: name,
          stroke: fill,
          fill,
          width: 0,
          points: { show: false },
          paths: uPlot.paths.bars({ size: [0.75, 60] }),
          value: (_, __, ___, row) => (row === null ? "" : points[row].counts[place].toLocaleString("en-US")),
        };
      }),
    ],
  };
}

/** `2026-11-21`, or `2026-11-21 09:00`. */
function label(at, unit) {
  const instant = new Date(at * 1000).toISOString().replace("T", " ");
  return instant.slice(0, unit === "hour" ? 16 : 10);
}
