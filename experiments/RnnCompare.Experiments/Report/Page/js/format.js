// Numbers and texts as they stand in the page.
const format = (() => {
  const superscripts = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

  // Four significant digits; an exponent where the size asks for one.
  function value(number) {
    if (number === null || number === undefined || Number.isNaN(number)) return "–";
    const size = Math.abs(number);
    if (size === 0) return "0";
    if (size >= 1e6 || size < 1e-3) return number.toExponential(3).replace("e+", "e");
    if (Number.isInteger(number)) return number.toLocaleString("en-US");
    return size >= 1000 ? Math.round(number).toLocaleString("en-US") : Number(number.toPrecision(4)).toString();
  }

  const power = exponent => `10${String(exponent).split("").map(sign => superscripts[sign]).join("")}`;

  // For tooltips, which are markup.
  const escape = text => String(text).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

  return { value, power, escape };
})();

// An element with attributes and children; text becomes text, never markup.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, setting] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), setting);
    else if (setting === true) made.setAttribute(key, "");
    else if (setting !== false && setting !== null && setting !== undefined) made.setAttribute(key, setting);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}
