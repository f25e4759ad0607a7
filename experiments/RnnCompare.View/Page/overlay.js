
// Several runs over one another; what they differ in is the legend. Runs under way are followed.
(() => {
  const place = id => document.getElementById(id);
  if (!place("overlay")) return;
  const mostAnswers = 6;
  let source = null;
  let library = null;

  // The chart library, once the list is there and nothing else is to do, or when it is needed.
  function loadLibrary() {
    library ??= new Promise((done, fail) => document.head.append(element("script", { src: "/echarts.js", onload: done, onerror: fail })));
    return library;
  }

  function address(path) {
    const query = new URLSearchParams(list.selected().map(id => ["run", id]));
    query.set("engine", place("engine").value);
    query.set("seeds", place("seeds").value);
    return `${path}?${query}`;
  }

  async function open() {
    place("overlays").hidden = false;
    place("overlay-state").textContent = "Reading …";
    const asked = fetch(address("/api/overlay")).then(answer => answer.json());
    await loadLibrary();
    const first = await asked;
    show(first);
    follow(first.more.unfinished);
  }

  function follow(unfinished) {
    source?.close();
    source = null;
    if (!unfinished) return;
    source = new EventSource(address("/live/overlay"));
    source.onmessage = ({ data }) => show(JSON.parse(data));
  }

  function show({ charts: data, more: { answers, engines, unfinished, problems } }) {
    place("overlay-state").textContent = `${list.selected().length} ${list.selected().length === 1 ? "run" : "runs"}${unfinished ? "; at least one is in progress and is followed" : ""}`;
    place("overlay-problems").replaceChildren(...problems.map(problem => element("p", { class: "problem" }, problem)));
    showAnswers(answers);
    showEngines(engines);
    if (data.length > 0 && data.every(chart => charts.has(chart.id)) && charts.size === data.length) {
      data.forEach(chart => charts.get(chart.id).update(chart));
      return;
    }
    charts.forEach(chart => chart.instance?.dispose());
    charts.clear();
    place("overlay-charts").replaceChildren(...data.map(chart => element("figure", { "data-chart": chart.id },
      element("figcaption", {}, chart.title),
      element("div", { class: "plot", role: "img", tabindex: "0", "aria-label": `${chart.title}. Arrow keys read its values.` }))));
    showCharts(data);
  }

  // The first sentences at once, the others on demand.
  function showAnswers(answers) {
    const paragraphs = answers.map(answer => element("p", { class: "answer" }, answer));
    const rest = paragraphs.splice(mostAnswers);
    place("overlay-answers").replaceChildren(...paragraphs, ...(rest.length > 0 ? [element("details", {}, element("summary", {}, `${rest.length} more comparisons`), ...rest)] : []));
  }

  // All engines that the selected runs have; one at a time, or all of them.
  function showEngines(engines) {
    const known = [...place("engine").options].map(option => option.value).filter(Boolean);
    if (engines.every(engine => known.includes(engine))) return;
    const chosen = place("engine").value;
    place("engine").replaceChildren(element("option", { value: "" }, "all"), ...[...new Set([...known, ...engines])].map(engine => element("option", { value: engine }, engine)));
    place("engine").value = chosen;
  }

  list.ready.then(() => requestIdleCallback(loadLibrary));
  place("overlay").addEventListener("click", () => open().then(() => place("overlays").scrollIntoView()));
  place("engine").addEventListener("change", open);
  place("seeds").addEventListener("change", open);
})();
