// Brings up the scripts of an export and the style sheet they need: `packed` is both, with a NUL
// between them, deflated (RFC 1951) and in base64. It inflates them itself, at once and without
// asking the browser for more than arrays, so that an export opens wherever one ever opened.
(packed => {
  const bytes = Uint8Array.from(atob(packed), c => c.charCodeAt(0));
  const out = [];
  // Counted in bits.
  let at = 0;

  const take = n => {
    let res = 0;
    for (let i = 0; i < n; i += 1, at += 1) res |= ((bytes[at >> 3] >> (at & 7)) & 1) << i;
    return res;
  };

  // A canonical code: how many words each length has, and what they mean in their order.
  const tree = lengths => {
    const counts = Array(16).fill(0);
    for (const n of lengths) counts[n] += 1;
    counts[0] = 0;
    const starts = [];
    let sum = 0;
    for (const n of counts) {
      starts.push(sum);
      sum += n;
    }
    const meanings = [];
    lengths.forEach((n, meaning) => {
      if (n) meanings[starts[n]++] = meaning;
    });
    return { counts, meanings };
  };

  const read = ({ counts, meanings }) => {
    let code = 0;
    let start = 0;
    let first = 0;
    for (let n = 1; n < 16; n += 1) {
      code |= take(1);
      if (code < first + counts[n]) return meanings[start + code - first];
      start += counts[n];
      first = (first + counts[n]) * 2;
      code *= 2;
    }
    throw Error('damaged');
  };

  // Lengths and distances: few words, and behind some of them bits that count on.
  const number = (word, bits) => {
    const n = 1 << bits;
    if (word < n) return word;
    const more = (word >> bits) - 1;
    return ((n + (word & (n - 1))) << more) + take(more);
  };

  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  let isLast = 0;
  while (!isLast) {
    isLast = take(1);
    const kind = take(2);
    if (!kind) {
      at = (at + 7) & ~7;
      const n = take(16);
      take(16);
      for (let i = 0; i < n; i += 1) out.push(take(8));
      continue;
    }
    let n = 288;
    let lengths = Array.from({ length: 318 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : i < n ? 8 : 5));
    if (kind > 1) {
      n = take(5) + 257;
      const all = n + take(5) + 1;
      const short = Array(19).fill(0);
      const most = take(4) + 4;
      for (let i = 0; i < most; i += 1) short[ORDER[i]] = take(3);
      const code = tree(short);
      lengths = [];
      while (lengths.length < all) {
        const word = read(code);
        const value = word < 16 ? word : word < 17 ? lengths[lengths.length - 1] : 0;
        let times = word < 16 ? 1 : word < 17 ? 3 + take(2) : word < 18 ? 3 + take(3) : 11 + take(7);
        for (; times; times -= 1) lengths.push(value);
      }
    }
    const words = tree(lengths.slice(0, n));
    const places = tree(lengths.slice(n));
    for (let word = read(words); word !== 256; word = read(words)) {
      if (word < 256) {
        out.push(word);
        continue;
      }
      let left = word > 284 ? 258 : 3 + number(word - 257, 2);
      const back = 1 + number(read(places), 1);
      for (; left; left -= 1) out.push(out[out.length - back]);
    }
  }

  const [sheet, script] = new TextDecoder().decode(Uint8Array.from(out)).split('\0');
  const add = (kind, text) => {
    const element = document.createElement(kind);
    element.textContent = text;
    document.getElementById('deck-style').before(element);
    return element;
  };
  // A page that a browser has saved holds the sheet already, and runs the scripts anew.
  if (!document.getElementById('desk-style')) add('style', sheet).id = 'desk-style';
  add('script', script).remove();
})
