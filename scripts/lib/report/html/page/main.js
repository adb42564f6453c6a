// Runs in the page: tables and pictures appear when they come near the screen.
import { drawChart, redrawCharts } from "./chart.js";
import { showGrid } from "./grid.js";

const started = new WeakSet();

function start(place) {
  if (started.has(place)) return;
  started.add(place);
  if (place.dataset.chart) drawChart(place);
  else showGrid(place);
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      start(target);
    }
  },
  { rootMargin: "600px" },
);
for (const place of document.querySelectorAll("[data-grid], [data-chart]")) observer.observe(place);

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawCharts);

// On paper nothing can be opened or scrolled to.
let opened = [];
addEventListener("beforeprint", () => {
  // The numbers below a picture are for who can't see it: on paper they would double it.
  opened = [...document.querySelectorAll("details:not([open])")].filter((one) => !one.closest("figcaption"));
  for (const one of opened) one.open = true;
  for (const place of document.querySelectorAll("[data-grid], [data-chart]")) start(place);
  redrawCharts();
});
addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
  redrawCharts();
});
