// Curves over a common axis: linear or logarithmic, raw or with the running mean over them, with bands, zoomed.
kinds.lines = (() => {
  const mostMarked = 60;

  // A point is [place of x, place on the axis, value, x]: value and x are what was measured.
  function points(series, values, scale) {
    return series.x.map((x, i) => [scale.x(x), scale.place(values[i]), values[i], x]);
  }

  function inside(series, state) {
    const [from, to] = state.range ?? [-Infinity, Infinity];
    const values = [];
    series.x.forEach((x, i) => {
      if (x < from || x > to) return;
      values.push(series.y[i]);
      if (series.lower) values.push(series.lower[i], series.upper[i]);
      if (state.smooth && series.smoothed) values.push(series.smoothed[i]);
    });
    return values;
  }

  function curve(series, scale, state, colours) {
    const reference = series.role === "Reference";
    const colour = reference ? colours.muted : look.colour(colours, series.colour);
    const smooth = state.smooth && series.smoothed;
    const hasZero = scale.hasZero && series.y.some(value => scale.isZero(value));
    const marked = series.role === "Marked" || series.x.length === 1;
    const line = {
      name: series.name,
      type: "line",
      data: points(series, series.y, scale),
      encode: { x: 0, y: 1 },
      animation: false,
      connectNulls: false,
      symbol: (_, { value }) => (scale.isZero(value[2]) ? "emptyTriangle" : look.symbol(series.colour)),
      symbolSize: ([, , value]) => (scale.isZero(value) ? 10 : marked ? 6 : 0),
      // Marks that nobody sees cost as much as others.
      showSymbol: marked || hasZero,
      showAllSymbol: series.x.length <= mostMarked || hasZero,
      lineStyle: { color: colour, width: reference ? 1.5 : 2, type: reference ? [6, 4] : look.dash(series.colour), opacity: smooth ? 0.3 : 1 },
      itemStyle: { color: colour, opacity: smooth ? 0.3 : 1 },
      emphasis: { disabled: true },
      z: reference ? 2 : 3,
    };
    const drawn = [line];
    if (series.lower) drawn.unshift(band(series, scale, colour));
    if (smooth) {
      drawn.push({ ...line, name: `${series.name}, running mean`, data: points(series, series.smoothed, scale), z: 4,
        symbolSize: 0, lineStyle: { ...line.lineStyle, opacity: 1, width: 2.5 }, itemStyle: { color: colour } });
    }
    return drawn;
  }

  function band(series, scale, colour) {
    return {
      name: `${series.name}, band`,
      type: "custom",
      silent: true,
      clip: true,
      data: [[scale.x(series.x[0]), scale.place(series.y[0])]],
      tooltip: { show: false },
      z: 1,
      renderItem: (_, api) => ({
        type: "polygon",
        shape: { points: [
          ...series.x.map((x, i) => api.coord([scale.x(x), scale.place(series.lower[i])])),
          ...series.x.map((x, i) => api.coord([scale.x(x), scale.place(series.upper[i])])).reverse(),
        ] },
        style: { fill: colour, opacity: 0.18 },
      }),
    };
  }

  function tooltip(items, chart) {
    const rows = items.filter(item => item.value[2] !== undefined && item.value[2] !== null)
      .map(item => `<tr><td>${item.marker}${format.escape(item.seriesName)}</td><td class="figure">${format.value(item.value[2])}</td></tr>`);
    return items.length === 0 ? "" : `<table class="tip"><caption>${format.escape(chart.data.xLabel)} ${format.value(items[0].value[3])}</caption>${rows.join("")}</table>`;
  }

  function option(chart, colours) {
    const { data, state } = chart;
    const shown = data.series.filter(series => !state.hidden.has(series.name));
    const along = across(data, state);
    const scale = { ...axis.scale(shown.flatMap(series => inside(series, state)), state.log), x: along.place };
    return {
      grid: { left: 8, right: 20, top: 34, bottom: 78, containLabel: true },
      tooltip: { trigger: "axis", confine: true, axisPointer: { type: "line", lineStyle: { color: colours.muted } }, formatter: items => tooltip(items, chart) },
      xAxis: axis.dressed(along.option, data.xLabel, colours, false),
      yAxis: axis.dressed(scale.option, data.yLabel, colours, true),
      dataZoom: [
        { type: "inside", filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, ...window(state) },
        { type: "slider", filterMode: "none", height: 18, bottom: 6, showDataShadow: false, borderColor: colours.grid, fillerColor: colours.band, textStyle: { color: colours.muted }, labelFormatter: "", ...window(state) },
      ],
      series: shown.flatMap(series => curve(series, scale, state, colours)),
    };

    function window({ range }) {
      return range ? { startValue: along.place(range[0]), endValue: along.place(range[1]) } : {};
    }
  }

  // The horizontal axis; what it shows is decided by the zoom, so it always spans all values.
  function across(data, state) {
    const ends = data.series.flatMap(series => [series.x[0], series.x[series.x.length - 1]]).filter(Number.isFinite);
    if (state.logX) return axis.scale(ends, true);
    let [first, last] = axis.extent(ends);
    if (first > 0 && first < 0.05 * last) first = 0;
    return { place: x => x, option: { type: "value", min: first, max: last > first ? last : first + 1, axisLabel: { formatter: format.value, hideOverlap: true } } };
  }

  const canSpread = data => data.series.every(series => series.x.length === 0 || series.x[0] > 0);

  const canBeLogarithmic = data => data.series.every(series => series.y.every(value => value === null || value >= 0));

  function tools(chart) {
    const { data, state } = chart;
    const logarithmic = canBeLogarithmic(data);
    return [
      toggle("logarithmic", () => state.log, on => { state.log = on; chart.draw(); }, { disabled: !logarithmic, title: logarithmic ? null : "A negative value has no logarithm." }),
      canSpread(data) ? toggle("early steps wide", () => state.logX, on => { [state.logX, state.range] = [on, null]; chart.draw(); }, { title: "logarithmic horizontal axis" }) : null,
      data.series.some(series => series.smoothed) ? toggle("running mean", () => state.smooth, on => { state.smooth = on; chart.draw(); }) : null,
      button("zoom in", () => chart.zoom(0.5)),
      button("zoom out", () => chart.zoom(2)),
      button("whole", () => chart.zoom(Infinity)),
    ];
  }

  // Every row of the chart's numbers: x, then a value for each curve.
  function table(data) {
    const rows = new Map();
    data.series.forEach((series, column) => series.x.forEach((x, i) => {
      if (!rows.has(x)) rows.set(x, new Array(data.series.length).fill(null));
      rows.get(x)[column] = series.y[i];
    }));
    const sorted = [...rows].sort(([a], [b]) => a - b);
    return { headers: [data.xLabel, ...data.series.map(series => series.name)], rows: sorted.map(([x, values]) => [x, ...values]) };
  }

  return {
    option, tools, table,
    // Where a zoomed picture begins and ends, in the chart's own numbers.
    ends: (chart, zoom) => (chart.state.logX ? [10 ** zoom.startValue, 10 ** zoom.endValue] : [zoom.startValue, zoom.endValue]),
    place: (chart, x) => across(chart.data, chart.state).place(x),
    start: data => ({ log: data.log && canBeLogarithmic(data), logX: data.logX && canSpread(data), hidden: new Set(), smooth: false, range: null }),
    legend: data => data.series.map(series => ({ name: series.name, colour: series.colour, reference: series.role === "Reference" })),
    height: () => 380,
    steps: data => data.series.length === 0 ? [] : table(data).rows.map(row => ({
      x: row[0], text: `${data.xLabel} ${format.value(row[0])}: ${data.series.map((series, i) => `${series.name} ${format.value(row[i + 1])}`).join(", ")}`,
    })),
  };
})();
