// Puts the charts on the page, and keeps them right when the window or the theme changes.
function showCharts(list) {
  const near = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => {
    near.unobserve(entry.target);
    charts.get(entry.target.dataset.chart)?.ensure();
  }), { rootMargin: "400px" });
  for (const data of list) {
    const figure = document.querySelector(`[data-chart="${CSS.escape(data.id)}"]`);
    if (!figure) continue;
    near.observe(figure);
    new Chart(figure, data);
  }
}

(() => {
  const data = document.getElementById("charts");
  if (data) showCharts(JSON.parse(data.textContent));

  theme.onChange(() => charts.forEach(chart => {
    if (theme.isPrinting()) chart.ensure();
    chart.draw();
  }));
  new ResizeObserver(() => charts.forEach(chart => chart.instance?.resize())).observe(document.body);

  const choice = document.getElementById("theme");
  choice?.addEventListener("change", () => theme.choose(choice.value));

  document.querySelectorAll("table[data-copy]").forEach(table => {
    const said = element("span", { role: "status" });
    const text = () => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent).join("\t")).join("\n");
    table.parentElement.before(element("p", { class: "copy" }, button("Copy table", () => copyText(text()).then(done => { said.textContent = done ? "Copied." : "Not copied: the browser refused."; })), " ", said));
  });

  // What tests and the console read: the ECharts instance of a chart, drawn if it is not yet.
  window.rnncompare = { chart: id => charts.get(id).ensure(), charts, theme };
})();
