// Distances beside the noise floors that they are judged by.
kinds.dots = (() => {
  const barHeight = 0.72;

  // A row has a place for each pair of engine and precision, so that equal dots do not hide each other.
  function lanes(data) {
    const names = [...new Set(data.dots.map(dot => dot.name))];
    return dot => dot.row + (names.length < 2 ? 0 : (names.indexOf(dot.name) / (names.length - 1) - 0.5) * 0.34);
  }

  function floors(data) {
    const seen = new Map();
    data.dots.forEach(dot => seen.set(`${dot.row} ${dot.precision}`, dot));
    return [...seen.values()];
  }

  function option(chart, colours) {
    const { data, state } = chart;
    const limit = data.limit ?? 1;
    const lane = lanes(data);
    const scale = axis.scale(data.dots.flatMap(dot => [dot.value, dot.floor, dot.floor === null ? null : dot.floor * limit]), true);
    const groups = legend(data).filter(group => !state.hidden.has(group.name));
    return {
      grid: { left: 8, right: 24, top: 10, bottom: 44, containLabel: true },
      tooltip: { trigger: "item", confine: true, formatter: ({ value, seriesName }) => tip(data, value, seriesName) },
      xAxis: axis.dressed(scale.option, data.xLabel, colours, false),
      yAxis: {
        ...axis.dressed({ type: "value", min: -0.5, max: data.rows.length - 0.5, interval: 0.5, inverse: true }, "", colours, true),
        splitLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: colours.text, fontSize: 13, formatter: place => (Number.isInteger(place) ? data.rows[place] ?? "" : "") },
      },
      series: [
        bars(floors(data), scale, limit, colours),
        ...groups.map(group => ({
          name: group.name,
          type: "scatter",
          symbol: group.symbol,
          symbolSize: 11,
          animation: false,
          data: data.dots.filter(dot => `${dot.name} ${dot.precision}` === group.name).map(dot => [scale.place(dot.value), lane(dot), dot.value, dot.floor, dot.row]),
          itemStyle: { color: group.hollow ? colours.surface : look.colour(colours, group.colour), borderColor: look.colour(colours, group.colour), borderWidth: 2 },
          z: 3,
        })),
      ],
    };
  }

  function bars(dots, scale, limit, colours) {
    return {
      name: "noise floor to limit",
      type: "custom",
      animation: false,
      data: dots.filter(dot => dot.floor !== null).map(dot => [scale.place(dot.floor), dot.row, dot.floor, scale.place(dot.floor * limit)]),
      encode: { x: [0, 3], y: 1 },
      tooltip: { show: false },
      silent: true,
      z: 1,
      renderItem: (_, api) => {
        const [left, middle] = api.coord([api.value(0), api.value(1)]);
        const right = api.coord([api.value(3), api.value(1)])[0];
        const height = api.size([0, 1])[1] * barHeight;
        const top = middle - height / 2;
        return { type: "group", children: [
          { type: "rect", shape: { x: left, y: top, width: Math.max(right - left, 2), height }, style: { fill: colours.band } },
          { type: "line", shape: { x1: left, y1: top, x2: left, y2: top + height }, style: { stroke: colours.muted, lineWidth: 2 } },
        ] };
      },
    };
  }

  function tip(data, value, name) {
    return `<table class="tip"><caption>${format.escape(`${data.rows[value[4]]}, ${name}`)}</caption><tr><td>distance</td><td class="figure">${format.value(value[2])}</td></tr>`
      + `<tr><td>noise floor</td><td class="figure">${format.value(value[3])}</td></tr><tr><td>times the floor</td><td class="figure">${format.value(value[2] / value[3])}</td></tr></table>`;
  }

  function legend(data) {
    const groups = new Map();
    data.dots.forEach(dot => groups.set(`${dot.name} ${dot.precision}`, { name: `${dot.name} ${dot.precision}`, colour: dot.colour, hollow: dot.precision === "float32", symbol: look.symbol(dot.colour) }));
    return [...groups.values()];
  }

  return {
    option, legend,
    tools: () => [],
    start: () => ({ hidden: new Set() }),
    height: data => 70 + data.rows.length * 38,
    table: data => ({ headers: ["array", "engine", "precision", "distance", "noise floor"], rows: data.dots.map(dot => [data.rows[dot.row], dot.name, dot.precision, dot.value, dot.floor]) }),
    steps: data => data.dots.map(dot => ({ text: `${data.rows[dot.row]}, ${dot.name} ${dot.precision}: distance ${format.value(dot.value)}, noise floor ${format.value(dot.floor)}` })),
  };
})();
