// Value axes. A logarithmic axis is a linear one of logarithms: that keeps numbers down to 1e-300 apart,
// and leaves room for zero, which has no logarithm, at the lower edge with a mark of its own.
const axis = (() => {
  const mostTicks = 7;

  // values: every number to be shown. Gives what turns a number into a place, and the options of the axis.
  function scale(values, logarithmic, { fit = false } = {}) {
    const finite = values.filter(value => value !== null && Number.isFinite(value));
    return logarithmic ? logarithm(finite) : linear(finite, fit);
  }

  function linear(values, fit) {
    let [low, high] = extent(values);
    const pad = (high - low) * 0.05 || Math.abs(high) * 0.05 || 1;
    [low, high] = fit ? [low, high] : [low - pad, high + pad];
    return {
      place: value => (value === null ? null : value),
      hasZero: false,
      isZero: () => false,
      option: { type: "value", min: low, max: high, axisLabel: { formatter: label, hideOverlap: true, showMinLabel: fit, showMaxLabel: fit } },
    };

    function label(value) {
      return format.value(Math.abs(value) < (high - low) * 1e-9 ? 0 : value);
    }
  }

  function logarithm(values) {
    const positive = values.filter(value => value > 0);
    const hasZero = values.some(value => value === 0);
    let [low, high] = extent(positive.length > 0 ? positive.map(Math.log10) : [0]);
    const narrow = high - low < 1.5 && !hasZero;
    const pad = narrow ? (high - low) * 0.06 || 0.05 : 0;
    [low, high] = narrow ? [low - pad, high + pad] : [Math.floor(low + 1e-9), Math.ceil(high - 1e-9)];
    if (!narrow && high === low) high = low + 1;
    const ticks = narrow ? roundPlaces(low, high) : null;
    const interval = narrow ? undefined : Math.max(1, Math.ceil((high - low) / mostTicks));
    const zero = low - Math.max(1, interval ?? 1);
    const min = hasZero ? zero : low;
    return {
      place: value => (value === null || value < 0 ? null : value === 0 ? zero : Math.log10(value)),
      hasZero,
      isZero: value => value === 0,
      option: {
        type: "value",
        min,
        max: narrow ? high : min + Math.ceil((high - min) / interval) * interval,
        interval,
        axisTick: ticks ? { customValues: ticks } : {},
        axisLabel: { formatter: label, hideOverlap: true, showMinLabel: narrow ? undefined : true, showMaxLabel: narrow ? undefined : true, ...(ticks ? { customValues: ticks } : {}) },
      },
    };

    function label(place) {
      if (hasZero && Math.abs(place - zero) < 1e-6) return "0";
      return narrow ? format.value(Number((10 ** place).toPrecision(3))) : format.power(Math.round(place));
    }
  }

  // Where round numbers lie on a short stretch of logarithms: 1, 2, 5, 10, …, finer ones where these are too few, or equal steps.
  function roundPlaces(low, high) {
    const [from, to] = [10 ** low, 10 ** high];
    const candidates = [[1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 8]].map(steps => {
      const places = [];
      for (let power = Math.floor(low); power <= high; power++) places.push(...steps.map(step => step * 10 ** power));
      return places.filter(value => value >= from && value <= to);
    });
    const even = 10 ** Math.floor(Math.log10((to - from) / 2));
    const linear = [1, 2, 5, 10].map(step => step * even).find(step => (to - from) / step <= mostTicks);
    candidates.push(Array.from({ length: Math.floor(to / linear) - Math.ceil(from / linear) + 1 }, (_, i) => (Math.ceil(from / linear) + i) * linear));
    return candidates.find(values => values.length >= 4)?.map(Math.log10) ?? candidates[2].map(Math.log10);
  }

  function extent(values) {
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return low <= high ? [low, high] : [0, 1];
  }

  // What all axes share.
  function dressed(option, name, colours, vertical) {
    return {
      ...option,
      name,
      nameLocation: vertical ? "end" : "middle",
      nameGap: vertical ? 14 : 28,
      nameTextStyle: { color: colours.muted, align: vertical ? "left" : "center", fontSize: 12 },
      axisLine: { show: true, onZero: false, lineStyle: { color: colours.muted } },
      axisTick: { show: true, lineStyle: { color: colours.muted }, ...option.axisTick },
      splitLine: { show: true, lineStyle: { color: colours.grid } },
      axisLabel: { color: colours.text, fontSize: 12, ...option.axisLabel },
    };
  }

  return { scale, extent, dressed };
})();
