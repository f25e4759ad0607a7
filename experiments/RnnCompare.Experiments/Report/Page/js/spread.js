// Distributions under one another: percentiles as faint dots, a box, whiskers, and the interval of the median.
kinds.spread = (() => {
  const boxHeight = 0.36;

  const at = (row, share) => {
    const index = row.shares.indexOf(share);
    return index < 0 ? null : row.values[index];
  };

  function option(chart, colours) {
    const { data, state } = chart;
    const shown = data.rows.map((row, i) => ({ row, i })).filter(({ row }) => !state.hidden.has(row.name));
    const scale = axis.scale(shown.flatMap(({ row }) => row.values), true);
    return {
      grid: { left: 8, right: 24, top: 10, bottom: 44, containLabel: true },
      tooltip: { trigger: "item", confine: true, formatter: ({ dataIndex, seriesIndex }) => tip(shown[Math.floor(seriesIndex / 2)].row, dataIndex) },
      xAxis: axis.dressed(scale.option, data.xLabel, colours, false),
      yAxis: {
        ...axis.dressed({ type: "value", min: -0.5, max: data.rows.length - 0.5, interval: 0.5, inverse: true }, "", colours, true),
        splitLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: colours.text, fontSize: 13, formatter: place => (Number.isInteger(place) ? data.rows[place]?.name ?? "" : "") },
      },
      series: shown.flatMap(({ row, i }) => [percentiles(row, i, scale, colours), box(row, i, scale, colours)]),
    };
  }

  function percentiles(row, i, scale, colours) {
    return {
      name: row.name,
      type: "scatter",
      symbol: look.symbol(row.colour),
      symbolSize: 6,
      animation: false,
      data: row.values.map((value, k) => [scale.place(value), i + 0.3, value, row.shares[k]]),
      itemStyle: { color: look.colour(colours, row.colour), opacity: 0.45 },
    };
  }

  function box(row, i, scale, colours) {
    const edges = [5, 25, 50, 75, 95].map(share => at(row, share));
    const colour = look.colour(colours, row.colour);
    return {
      name: `${row.name}, box`,
      type: "custom",
      animation: false,
      data: [[scale.place(edges[2]), i, edges[2]]],
      z: 3,
      renderItem: (_, api) => {
        const x = value => api.coord([scale.place(value), i])[0];
        const y = api.coord([scale.place(edges[2]), i])[1];
        const height = api.size([0, 1])[1] * boxHeight;
        const children = [{ type: "rect", shape: { x: x(edges[1]), y: y - height / 2, width: Math.max(x(edges[3]) - x(edges[1]), 1), height }, style: { fill: colour, opacity: 0.35, stroke: colour } }];
        if (edges[0] !== null) {
          children.push(rule(x(edges[0]), x(edges[1]), y, colour, 1.5), rule(x(edges[3]), x(edges[4]), y, colour, 1.5));
        }
        children.push({ type: "line", shape: { x1: x(edges[2]), y1: y - height / 2, x2: x(edges[2]), y2: y + height / 2 }, style: { stroke: colours.text, lineWidth: 2 } });
        if (row.lower !== null) children.push(rule(x(row.lower), x(row.upper), y, colours.text, 5));
        return { type: "group", children };
      },
    };
  }

  const rule = (x1, x2, y, stroke, lineWidth) => ({ type: "line", shape: { x1, y1: y, x2, y2: y }, style: { stroke, lineWidth } });

  function tip(row) {
    const rows = [5, 25, 50, 75, 95].filter(share => at(row, share) !== null).map(share => `<tr><td>${share} % below</td><td class="figure">${format.value(at(row, share))}</td></tr>`);
    const interval = row.lower === null ? "" : `<tr><td>interval of the median</td><td class="figure">${format.value(row.lower)} – ${format.value(row.upper)}</td></tr>`;
    return `<table class="tip"><caption>${format.escape(row.name)}</caption>${rows.join("")}${interval}</table>`;
  }

  return {
    option,
    tools: () => [],
    start: () => ({ hidden: new Set() }),
    legend: data => data.rows.map(row => ({ name: row.name, colour: row.colour })),
    height: data => 80 + data.rows.length * (data.rows.length <= 12 ? 64 : 28),
    table: data => ({ headers: ["engine", "share below, %", data.xLabel], rows: data.rows.flatMap(row => row.values.map((value, i) => [row.name, row.shares[i], value])) }),
    steps: data => data.rows.map(row => ({ text: `${row.name}: median ${format.value(at(row, 50))} ${data.xLabel}, a quarter below ${format.value(at(row, 25))}, a quarter above ${format.value(at(row, 75))}` })),
  };
})();
