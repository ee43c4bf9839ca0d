// Addresses that are not a page's own, as in hooks/casebook/validation/addresses.py.

import { unescaped } from "./markup.js";

/** What the address is, of those that are refused, and the one to use instead, or ""; undefined if it is not refused, is right in this field, or `given` says more. */
export function refusal(url, refusals, field, given) {
  const found = refusals.filter(({ pattern, unless }) => !given[unless] && new RegExp(pattern).test(url));
  if (!found.length || found.some(({ rightIn }) => rightIn === field)) return;
  const wrapper = found.find((one) => !("instead" in one));
  const mended = (address, { pattern, instead }) =>
    address.replace(new RegExp(pattern, "g"), instead).replace(/[?&;]+(?=#|$)/, "");
  return { what: found[0].is, better: wrapper ? inside(url) : found.reduce(mended, url) };
}

/** What is wrong with what is no address: the `name` of its message, and the values of that. */
export function addressFault(url, nearly) {
  for (const kind of nearly) {
    const pattern = new RegExp(kind.pattern);
    if (!pattern.test(url)) continue;
    return {
      name: `address.${kind.instead ? "nearly" : "otherwise"}`,
      ...kind,
      better: url.replace(pattern, kind.instead),
    };
  }
  const [, scheme, host, path] = url.match(/^(https?:\/\/)([^/?#]*)([\s\S]*)$/) ?? [];
  const inHost = host && unescaped(host).match(/[^a-z0-9.:-]/iu);
  if (inHost) return { name: "address.host", character: inHost[0] };
  const odd = /[^a-z0-9._~:/?#@!$&()*+,;=%-]/giu;
  const [character] = path?.match(odd) ?? [];
  if (!character) return { name: "pattern" };
  const better = scheme + host + path.replace(odd, percent);
  return { name: "address.character", character, form: percent(character), better };
}

const percent = (character) =>
  [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join("");

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
