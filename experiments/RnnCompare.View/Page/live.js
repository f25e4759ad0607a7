
// A run under way: its answers and charts follow its files; when it has ended, the page shows the whole report.
(() => {
  const address = JSON.parse(document.getElementById("live").textContent);
  if (!address) return;
  const state = element("p", { class: "state", role: "status" }, "In progress: figures follow the run.");
  document.querySelector("header").append(state);
  const source = new EventSource(address);
  source.onmessage = ({ data }) => {
    const { finished, answers, charts: list, problem } = JSON.parse(data);
    if (problem) {
      state.textContent = problem;
      return;
    }
    // A part that the page has no place for yet, such as the first evaluation, comes with the page.
    if (finished || list.some(chart => !charts.has(chart.id))) {
      source.close();
      location.reload();
      return;
    }
    for (const [id, text] of Object.entries(answers)) {
      const place = document.querySelector(`[data-section="${CSS.escape(id)}"]`);
      if (place) place.innerHTML = text;
    }
    list.forEach(chart => charts.get(chart.id).update(chart));
  };
  source.onerror = () => { state.textContent = "The server does not answer; the page shows what it has."; };
})();
