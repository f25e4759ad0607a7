// Numbers over two axes as colours of their logarithms; exact zeros have a colour of their own.
kinds.map = (() => {
  function cells(data) {
    const drawn = [];
    const zeros = [];
    data.values.forEach((row, y) => row.forEach((value, x) => {
      if (value === null || value === undefined) return;
      if (value > 0) drawn.push([x, y, Math.log10(value), value]);
      else zeros.push([x, y, 0, value]);
    }));
    return { drawn, zeros };
  }

  function option(chart, colours) {
    const { data } = chart;
    const { drawn, zeros } = cells(data);
    const [low, high] = axis.extent(drawn.map(cell => cell[2]));
    const category = (values, name, vertical) => ({
      ...axis.dressed({ type: "category", data: values.map(String) }, name, colours, vertical),
      splitLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: colours.text, fontSize: 12, formatter: text => format.value(Number(text)), hideOverlap: true },
    });
    return {
      grid: { left: 8, right: 20, top: 34, bottom: 100, containLabel: true },
      tooltip: { trigger: "item", confine: true, formatter: ({ value }) => tip(data, value) },
      xAxis: category(data.columns, data.xLabel, false),
      yAxis: category(data.rows, data.yLabel, true),
      visualMap: {
        type: "continuous", seriesIndex: 0, dimension: 2, min: low, max: high > low ? high : low + 1, calculable: true, orient: "horizontal", left: "center", bottom: 4,
        itemHeight: 160, itemWidth: 14, textStyle: { color: colours.text }, formatter: place => format.value(10 ** place),
        inRange: { color: colours.map },
      },
      series: [
        { name: data.valueLabel, type: "heatmap", data: drawn, animation: false, progressive: 0, emphasis: { disabled: true } },
        { name: "exactly 0", type: "heatmap", data: zeros, animation: false, itemStyle: { color: colours.muted }, emphasis: { disabled: true } },
      ],
    };
  }

  function tip(data, [x, y, , value]) {
    return `<table class="tip"><tr><td>${format.escape(data.xLabel)}</td><td class="figure">${format.value(data.columns[x])}</td></tr><tr><td>${format.escape(data.yLabel)}</td><td class="figure">${format.value(data.rows[y])}</td></tr>`
      + `<tr><td>${format.escape(data.valueLabel)}</td><td class="figure">${value === 0 ? "exactly 0" : format.value(value)}</td></tr></table>`;
  }

  return {
    option,
    tools: () => [],
    start: () => ({ hidden: new Set() }),
    legend: data => (cells(data).zeros.length > 0 ? [{ name: "grey: exactly 0", note: true }] : []),
    height: () => 460,
    table: data => ({ headers: [`${data.yLabel} \\ ${data.xLabel}`, ...data.columns], rows: data.rows.map((row, i) => [row, ...data.values[i]]) }),
    steps: data => data.rows.map((row, i) => {
      const [low, high] = axis.extent(data.values[i].filter(value => value !== null));
      return { text: `${data.yLabel} ${format.value(row)}: ${data.valueLabel} from ${format.value(low)} to ${format.value(high)}` };
    }),
  };
})();
