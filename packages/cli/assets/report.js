// The charts of a backtest's report, drawn by uPlot, which the page has as a global. Plain JavaScript: it is put into the
// page as it stands here.
(() => {
  const holder = document.getElementById("data");
  if (!holder) return;
  const data = JSON.parse(holder.textContent);
  const { starts, width } = data;
  // Told apart by most people whatever colours they see (https://jfly.uni-koeln.de/color/).
  const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7b61c4", "#8c8c8c"];
  const dark = matchMedia("screen and (prefers-color-scheme: dark)");
  const HEIGHT = 280;
  /** The charts that are there, by the element that they are in. */
  const charts = new Map();

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const axes = () => {
    const look = {
      stroke: colour("--soft"),
      grid: { stroke: colour("--line"), width: 1 },
      ticks: { stroke: colour("--line") },
    };
    return [
      look,
      {
        ...look,
        size: 56,
        values: (_chart, ticks) => ticks.map((tick) => Math.abs(tick).toLocaleString("en")),
      },
    ];
  };

  const draw = (id, series, columns, more) => {
    const element = document.getElementById(id);
    charts.get(element)?.destroy();
    const options = {
      width: element.clientWidth,
      height: HEIGHT,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), "UTC"),
      scales: { x: { time: true }, ...more },
      axes: axes(),
      legend: { live: true },
      series: [
        { label: "UTC", value: width < 86_400 ? "{YYYY}-{MM}-{DD} {HH}:{mm}" : "{YYYY}-{MM}-{DD}" },
        ...series,
      ],
    };
    charts.set(element, new uPlot(options, [starts, ...columns], element));
  };

  const sizes = () => {
    const checked = [...document.querySelectorAll("#choose-sizes input:checked")];
    const chosen = new Set(checked.map((input) => input.value));
    const shown = data.segments.filter(({ id }) => chosen.has(id));
    draw(
      "chart-sizes",
      shown.map(({ name }, at) => ({
        label: name,
        stroke: COLOURS[at % COLOURS.length],
        width: 1.5,
        dash: at < COLOURS.length ? [] : [6, 3],
      })),
      shown.map((segment) => segment.sizes),
      { y: { range: (_chart, low, high) => [Math.min(0, low ?? 0), Math.max(1, (high ?? 1) * 1.05)] } },
    );
  };

  const entries = () => {
    const chosen = document.getElementById("choose-entries").value;
    const { entered, exited } = data.segments.find(({ id }) => id === chosen);
    const bars = uPlot.paths.bars({ size: [0.9, 40] });
    const bar = (label, name) => ({
      label,
      stroke: colour(name),
      fill: colour(name),
      paths: bars,
      points: { show: false },
      value: (_chart, value) => (value === null ? "–" : Math.abs(value).toLocaleString("en")),
    });
    draw(
      "chart-entries",
      [bar("entered", "--accent"), bar("exited", "--other")],
      [entered, exited.map((many) => -many)],
      {},
    );
  };

  const all = () => {
    sizes();
    entries();
  };
  document.getElementById("choose-sizes").addEventListener("change", sizes);
  document.getElementById("choose-entries").addEventListener("change", entries);
  dark.addEventListener("change", all);
  new ResizeObserver(() => {
    for (const [element, chart] of charts) {
      if (chart.width !== element.clientWidth) chart.setSize({ width: element.clientWidth, height: HEIGHT });
    }
  }).observe(document.querySelector("main"));
  all();
})();
