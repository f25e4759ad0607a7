// A chart on the page: its controls, its picture, its numbers as a table, and its keys.
// What kind it is decides the rest: option (for ECharts), tools, legend, table, steps, start, height.
const kinds = {};

function button(label, act, attributes = {}) {
  return element("button", { type: "button", onclick: act, ...attributes }, label);
}

function toggle(label, get, set, attributes = {}) {
  const made = button(label, () => { set(!get()); made.setAttribute("aria-pressed", get()); }, { "aria-pressed": String(get()), ...attributes });
  return made;
}

const charts = new Map();

class Chart {
  constructor(figure, data) {
    this.kind = kinds[data.kind];
    this.figure = figure;
    this.plot = figure.querySelector(".plot");
    this.data = data;
    this.state = this.kind.start(data);
    this.at = -1;
    this.plot.style.height = `${this.kind.height(data)}px`;
    this.plot.addEventListener("keydown", event => this.key(event));
    this.dress();
    charts.set(data.id, this);
  }

  // Draws once; until then the chart costs nothing.
  ensure() {
    if (this.instance) return this.instance;
    this.instance = echarts.init(this.plot, null, { renderer: "canvas" });
    this.instance.on("datazoom", () => this.zoomed());
    this.draw();
    return this.instance;
  }

  draw() {
    if (!this.instance) return;
    const colours = theme.read();
    this.instance.setOption({ animation: false, backgroundColor: "transparent", textStyle: { fontFamily: "inherit", color: colours.text }, aria: { enabled: false }, ...this.kind.option(this, colours) }, { notMerge: true });
  }

  // The same chart with later numbers; what the reader chose stays.
  update(data) {
    this.data = data;
    this.plot.style.height = `${this.kind.height(data)}px`;
    this.legend.replaceChildren(...this.legendButtons());
    if (this.numbers.open) this.fillTable();
    if (this.instance) this.instance.resize();
    this.draw();
  }

  dress() {
    this.legend = element("div", { class: "legend", role: "group", "aria-label": "curves shown" }, ...this.legendButtons());
    this.readout = element("p", { class: "readout", "aria-live": "polite" });
    this.numbers = element("details", { class: "numbers", ontoggle: () => this.numbers.open && this.fillTable() }, element("summary", {}, "Numbers of this chart"));
    this.plot.before(element("div", { class: "tools" }, this.legend, element("div", { class: "buttons" }, ...this.kind.tools(this))));
    this.plot.after(this.readout, this.numbers);
  }

  legendButtons() {
    return this.kind.legend(this.data).map(entry => {
      if (entry.note) return element("span", { class: "note" }, entry.name);
      const shown = () => !this.state.hidden.has(entry.name);
      const made = toggle("", shown, on => { this.state.hidden[on ? "delete" : "add"](entry.name); this.draw(); });
      made.append(swatch(entry), entry.name);
      return made;
    });
  }

  fillTable() {
    const { headers, rows } = this.kind.table(this.data);
    const lines = () => [headers, ...rows].map(row => row.map(cell => cell ?? "").join("\t")).join("\n");
    const shown = rows.slice(0, 1000);
    const body = element("table", {},
      element("thead", {}, element("tr", {}, ...headers.map(header => element("th", { scope: "col" }, String(header))))),
      element("tbody", {}, ...shown.map(row => element("tr", {}, ...row.map(cell => element("td", {}, cell === null || cell === undefined ? "" : String(cell)))))));
    const copied = element("span", { role: "status" });
    const copy = button("Copy all rows", () => copyText(lines()).then(done => { copied.textContent = done ? `${rows.length} rows copied.` : "Not copied: the browser refused."; }));
    const more = rows.length > shown.length ? `The first ${shown.length} of ${rows.length} rows; copying takes all.` : "";
    this.numbers.replaceChildren(this.numbers.querySelector("summary"), element("p", {}, copy, " ", copied, more), element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `numbers of ${this.data.title}` }, body));
  }

  zoomed() {
    const zoom = this.instance.getOption().dataZoom?.[0];
    if (!zoom || zoom.startValue === undefined) return;
    this.setRange(zoom.start <= 0 && zoom.end >= 100 ? null : this.kind.ends(this, zoom));
  }

  // Narrows or widens what is shown about its middle; Infinity shows everything.
  zoom(factor) {
    const [first, last] = axis.extent(this.data.series.flatMap(series => [series.x[0], series.x[series.x.length - 1]]).filter(Number.isFinite));
    const [from, to] = this.state.range ?? [first, last];
    const middle = (from + to) / 2;
    const half = ((to - from) / 2) * factor;
    const range = [Math.max(first, middle - half), Math.min(last, middle + half)];
    this.setRange(range[0] <= first && range[1] >= last ? null : range);
  }

  setRange(range) {
    if (String(range) === String(this.state.range)) return;
    this.state.range = range;
    this.draw();
  }

  key(event) {
    const steps = this.kind.steps(this.data);
    const moves = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    if (event.key in moves && steps.length > 0) {
      this.at = Math.min(Math.max(this.at + moves[event.key], 0), steps.length - 1);
      const step = steps[this.at];
      this.readout.textContent = step.text;
      this.point(step.x);
      event.preventDefault();
    } else if (this.state.range !== undefined && "+-0".includes(event.key)) {
      this.zoom({ "+": 0.5, "-": 2, 0: Infinity }[event.key]);
    }
  }

  point(x) {
    if (x === undefined) return;
    const left = this.ensure().convertToPixel({ xAxisIndex: 0 }, this.kind.place(this, x));
    this.instance.dispatchAction({ type: "showTip", x: left, y: this.plot.clientHeight / 2 });
  }
}

function swatch(entry) {
  const mark = element("span", { class: "swatch", "aria-hidden": "true" });
  if (entry.reference) mark.classList.add("reference");
  else mark.style.setProperty("--colour", `var(--engine-${entry.colour % 8})`);
  if (entry.hollow) mark.classList.add("hollow");
  return mark;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
