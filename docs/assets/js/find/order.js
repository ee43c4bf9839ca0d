// In which order the case studies found stand.

/** The cases in the order asked for. Without one, the best words come first, and otherwise the list's own order stays. */
export function sorted(numbers, order, scores, data, kinds) {
  const byWords = (a, b) => (scores ? (scores.get(b) ?? 0) - (scores.get(a) ?? 0) : 0) || a - b;
  const strength = () => {
    const ranks = new Map();
    for (const [rank, kind] of kinds.entries())
      for (const number of data.values.evidence[kind] ?? []) if (!ranks.has(number)) ranks.set(number, rank);
    return ranks;
  };
  const failed = () => new Set(data.values.result["did-not-work"] ?? []);
  const orders = {
    added: () => (a, b) => data.added[b] - data.added[a],
    evidence: () => {
      const ranks = strength();
      return (a, b) => ranks.get(a) - ranks.get(b);
    },
    failed: () => {
      const [ranks, did] = [strength(), failed()];
      return (a, b) => did.has(b) - did.has(a) || ranks.get(a) - ranks.get(b);
    },
  };
  const before = orders[order]?.() ?? (() => 0);
  return numbers.sort((a, b) => before(a, b) || byWords(a, b));
}
