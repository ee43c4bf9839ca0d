// Addresses that are not a page's own, as in hooks/casebook/validation/addresses.py.

/** What the address is, of those that are refused, and the one to use instead, or ""; undefined if it is not refused, is right in this field, or `given` says more. */
export function refusal(url, refusals, field, given) {
  const found = refusals.filter(({ pattern, unless }) => !given[unless] && new RegExp(pattern).test(url));
  if (!found.length || found.some(({ rightIn }) => rightIn === field)) return;
  const wrapper = found.find((one) => !("instead" in one));
  const mended = (address, { pattern, instead }) =>
    address.replace(new RegExp(pattern, "g"), instead).replace(/[?&;]+(?=#|$)/, "");
  return { what: found[0].is, better: wrapper ? inside(url) : found.reduce(mended, url) };
}

/** The address that a wrapper holds, or "". */
function inside(url) {
  const [wrapped] = url.slice(8).match(/https?(?::|%3A|%253A|-3A).+?(?=__;|&|$)/i) ?? [];
  if (!wrapped) {
    const [, path] = url.match(/\/(?:amp|c|v)\/s\/([^/]+\.[^?#]+)/) ?? [];
    return path ? `https://${path}` : "";
  }
  const isProofpoint = wrapped.slice(0, 8).includes("-3A");
  const text = isProofpoint ? wrapped.replaceAll("_", "/").replace(/-(?=[0-9A-F]{2})/g, "%") : wrapped;
  try {
    return decodeURIComponent(decodeURIComponent(text));
  } catch {
    return "";
  }
}
