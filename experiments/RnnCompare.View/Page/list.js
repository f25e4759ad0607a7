
// The list of runs: filtered and sorted by any config key and result, drawn as far as it is scrolled.
const list = (() => {
  const rowsAtOnce = 50;
  const fewColumns = 5;
  const conditions = /^([\w.-]+)(!=|<=|>=|=|<|>)(.*)$/;
  const state = { columns: [], runs: [], shown: [], chosen: null, order: null, descending: false, selected: new Set(), shared: [], drawn: 0 };
  let ready = null;
  const place = id => document.getElementById(id);
  const body = () => place("runs").tBodies[0];

  async function load(answer) {
    const { stamp, keys, results, runs } = await answer;
    let place = 0;
    state.columns = [{ name: "run", read: run => run.id }, ...results.map((name, i) => ({ name, read: run => run.results[i] })), ...keys.map(key => configColumn(key, "shared" in key ? null : place++))];
    state.shared = keys.map(key => (key.shared ?? "").toLowerCase());
    state.runs = runs;
    state.selected = new Set([...state.selected].filter(id => runs.some(run => run.id === id)));
    state.chosen ??= new Set(usualColumns());
    showColumns();
    refresh();
    return stamp;
  }

  // What all runs share stands in the list once.
  function configColumn({ name, shared }, place) {
    return { name, config: true, differs: place !== null, read: run => (place !== null ? run.config[place] : run.problem ? null : shared) };
  }

  // What tells the runs apart, and how the first engine did.
  function usualColumns() {
    const differing = state.columns.filter(column => column.differs && column.name !== "name").map(column => column.name);
    const first = state.columns.find(column => column.name.endsWith(".loss"))?.name.split(".")[0];
    return ["run", "state", "agrees", ...differing.slice(0, fewColumns), ...["loss", "validation", "test", "stepsPerSecond"].map(figure => `${first}.${figure}`)];
  }

  const column = name => state.columns.find(candidate => candidate.name === name);
  const number = value => (typeof value === "number" ? value : value !== null && value !== "" && Number.isFinite(Number(value)) ? Number(value) : null);

  function condition(term) {
    const parts = conditions.exec(term);
    if (!parts) {
      const word = term.toLowerCase();
      const isShared = state.shared.some(value => value.includes(word));
      return run => (isShared && !run.problem) || [run.id, run.problem, ...run.config, ...run.results].some(value => String(value ?? "").toLowerCase().includes(word));
    }
    const [, name, sign, wanted] = parts;
    const read = column(name)?.read;
    if (!read) throw new Error(`There is no key ‘${name}’.`);
    const test = {
      "=": (a, b) => a === b, "!=": (a, b) => a !== b, "<": (a, b) => a < b, ">": (a, b) => a > b, "<=": (a, b) => a <= b, ">=": (a, b) => a >= b,
    }[sign];
    return run => {
      const value = read(run);
      const both = [number(value), number(wanted)];
      return value !== null && value !== undefined && (both.includes(null) ? test(String(value), wanted) : test(...both));
    };
  }

  function compare(a, b) {
    const [x, y] = [state.order.read(a), state.order.read(b)];
    if (x === y) return 0;
    if (x === null || x === undefined) return 1;
    if (y === null || y === undefined) return -1;
    const [m, n] = [number(x), number(y)];
    const less = m !== null && n !== null ? m - n : String(x).localeCompare(String(y), "en", { numeric: true });
    return state.descending ? -less : less;
  }

  function refresh() {
    let tests = [];
    place("filter-problem").textContent = "";
    try {
      tests = place("query").value.split(/\s+/).filter(Boolean).map(condition);
    } catch (problem) {
      place("filter-problem").textContent = problem.message;
    }
    state.shown = state.runs.filter(run => tests.every(test => test(run)));
    if (state.order) state.shown.sort(compare);
    const damaged = state.runs.filter(run => run.problem).length;
    place("count").textContent = `${state.shown.length} of ${state.runs.length} runs${damaged > 0 ? `; ${damaged} cannot be read` : ""}`;
    showHeader();
    state.drawn = 0;
    body().replaceChildren();
    drawMore();
    showSelected();
  }

  const chosenColumns = () => state.columns.filter(candidate => state.chosen.has(candidate.name));

  function showHeader() {
    const cells = chosenColumns().map(candidate => {
      const sorted = state.order?.name === candidate.name;
      const sort = button(candidate.name + (sorted ? (state.descending ? " ▼" : " ▲") : ""), () => {
        [state.order, state.descending] = [candidate, sorted && !state.descending];
        refresh();
        [...place("runs").tHead.querySelectorAll("button")].find(made => made.dataset.column === candidate.name)?.focus();
      }, { "data-column": candidate.name });
      return element("th", { scope: "col", "aria-sort": sorted ? (state.descending ? "descending" : "ascending") : "none" }, sort);
    });
    place("runs").tHead.replaceChildren(element("tr", {}, element("th", { scope: "col" }, "select"), ...cells));
  }

  function drawMore() {
    const next = state.shown.slice(state.drawn, state.drawn + rowsAtOnce);
    const columns = chosenColumns();
    body().append(...next.map(run => row(run, columns)));
    state.drawn += next.length;
  }

  function row(run, columns) {
    const check = element("input", { type: "checkbox", "aria-label": `select ${run.id}`, onchange: () => { state.selected[check.checked ? "add" : "delete"](run.id); showSelected(); } });
    check.checked = state.selected.has(run.id);
    check.disabled = Boolean(run.problem);
    const link = element("a", { href: `/run/${run.id.split("/").map(encodeURIComponent).join("/")}` }, run.id);
    if (run.problem) {
      return element("tr", {}, element("td", {}, check), element("td", {}, link), element("td", { class: "words problem", colspan: Math.max(1, columns.length - 1) }, run.problem));
    }
    return element("tr", {}, element("td", {}, check), ...columns.map(candidate => {
      const value = candidate.read(run);
      if (candidate.name === "run") return element("td", {}, link);
      return typeof value === "number" ? element("td", { class: "number" }, format.value(value)) : element("td", {}, value ?? "");
    }));
  }

  function showColumns() {
    place("columns").replaceChildren(...state.columns.map(candidate => {
      const check = element("input", { type: "checkbox", onchange: () => { state.chosen[check.checked ? "add" : "delete"](candidate.name); refresh(); } });
      check.checked = state.chosen.has(candidate.name);
      return element("label", {}, check, ` ${candidate.name}`);
    }));
  }

  function showSelected() {
    place("selected").textContent = `${state.selected.size} selected`;
    place("overlay").disabled = state.selected.size === 0;
  }

  function select(ids) {
    state.selected = new Set(ids);
    body().querySelectorAll("input").forEach(check => { check.checked = state.selected.has(check.getAttribute("aria-label").slice("select ".length)); });
    showSelected();
  }

  if (place("runs")) {
    place("query").addEventListener("input", refresh);
    place("filter").addEventListener("submit", event => event.preventDefault());
    place("select-shown").addEventListener("click", () => select(state.shown.filter(run => !run.problem).slice(0, 50).map(run => run.id)));
    place("select-none").addEventListener("click", () => select([]));
    place("runs").parentElement.addEventListener("scroll", ({ target }) => {
      if (target.scrollTop + target.clientHeight > target.scrollHeight - 600) drawMore();
    });
    ready = load(globalThis.firstList);
    ready.then(stamp => {
      new EventSource(`/live/list?seen=${stamp}`).onmessage = () => load(fetch("/api/runs").then(answer => answer.json()));
    });
  }

  return { state, ready, selected: () => [...state.selected] };
})();
