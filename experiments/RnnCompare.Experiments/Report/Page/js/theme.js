// Colours come from the style sheet, so that light, dark and print are decided in one place.
const theme = (() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const listeners = [];
  let printing = false;

  const chosen = () => document.documentElement.dataset.theme;
  const isDark = () => !printing && (chosen() ? chosen() === "dark" : dark.matches);

  function read() {
    const style = getComputedStyle(document.documentElement);
    const get = name => style.getPropertyValue(name).trim();
    return {
      text: get("--text"),
      muted: get("--muted"),
      grid: get("--grid"),
      surface: get("--surface"),
      band: get("--band"),
      engines: Array.from({ length: 8 }, (_, i) => get(`--engine-${i}`)),
      map: Array.from({ length: 6 }, (_, i) => get(`--map-${i}`)),
    };
  }

  const changed = () => listeners.forEach(listener => listener());

  function choose(name) {
    if (name) document.documentElement.dataset.theme = name;
    else delete document.documentElement.dataset.theme;
    changed();
  }

  dark.addEventListener("change", changed);
  window.addEventListener("beforeprint", () => { printing = true; document.documentElement.classList.add("print"); changed(); });
  window.addEventListener("afterprint", () => { printing = false; document.documentElement.classList.remove("print"); changed(); });

  return { read, isDark, choose, onChange: listener => listeners.push(listener), isPrinting: () => printing };
})();

// The look of a curve: colour, dashes and mark differ together, so that no reader depends on colour alone.
const look = (() => {
  const symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];
  const dashes = ["solid", [8, 4], [2, 3], [10, 3, 2, 3], [4, 2], [14, 4]];
  return {
    colour: (colours, index) => colours.engines[index % colours.engines.length],
    symbol: index => symbols[index % symbols.length],
    dash: index => dashes[index % dashes.length],
  };
})();
