// ---- What is behind the words ---------------------------------------------------------------
// Slides are drawn once more without their words, as a picture of which one may ask any pixel:
// whatever a theme, a gradient or a photograph puts behind a text, this is what is really there.

const grounds = (() => {
  const WIDE = 960, MANY = 12, INK = '*,*::before,*::after{transition:none!important;animation:none!important}'
    + '.slide,.slide *,.slide *::before,.slide *::after{color:transparent!important}.slide svg text{fill:transparent!important;stroke:none!important}'
    + '#deck>.frame{content-visibility:visible!important;border:0!important}[data-step]{visibility:visible!important}';
  const pen = size => Object.assign(document.createElement('canvas'), size).getContext('2d', { willReadFrequently: true });

  /** Luminance of a colour's channels, from 0 to 255. */
  const luminance = ([r, g, b]) => {
    const linear = n => (n /= 255) <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };

  const dot = pen({ width: 1, height: 1 });
  /** Any CSS colour as red, green, blue and how much of it covers, as the browser draws it. */
  function channels(css) {
    dot.clearRect(0, 0, 1, 1);
    dot.fillStyle = css;
    dot.fillRect(0, 0, 1, 1);
    return dot.getImageData(0, 0, 1, 1).data;
  }

  /** The lines of words on a slide that is laid out: where they are, in parts of it, and how they are set.
      A window of another shape leaves room beside a slide; the picture has none. */
  function words(frame) {
    const res = [], slide = deckle.slideOf(frame), box = slide?.getBoundingClientRect(), walker = document.createTreeWalker(slide ?? frame, NodeFilter.SHOW_TEXT);
    if (!box?.width) return res;
    const unit = box.width / (parseFloat(getComputedStyle(document.getElementById('deck')).getPropertyValue('--w')) || 1280);
    for (let node; (node = walker.nextNode()); ) {
      const el = node.parentElement, text = node.data.trim();
      // Drawings have colours of the palette's own, made for what they stand on.
      if (!text || el.closest('.notes, .unseen, .katex-mathml, svg, script, style')) continue;
      const style = getComputedStyle(el), range = document.createRange(), size = parseFloat(style.fontSize) / unit;
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter(line => line.width > 1 && line.height > 1);
      if (!lines.length || style.display === 'none') continue;
      res.push({
        text: text.replace(/\s+/g, ' ').slice(0, 60),
        ink: channels(style.color),
        wanted: size >= 36 || size >= 24 && style.fontWeight >= 600 ? 3 : 4.5,
        lines: lines.map(line => [(line.left - box.left) / box.width, (line.top - box.top) / box.height, line.width / box.width, line.height / box.height]),
      });
    }
    return res;
  }

  /** Draws frames one below the other. */
  async function drawn(frames, shell, tall) {
    const all = frames.map(frame => new XMLSerializer().serializeToString(frame)).join('');
    const page = shell.replace('<i id="here"></i>', () => all);
    const image = new Image(), size = { width: WIDE, height: tall * frames.length };
    image.src = 'data:image/svg+xml,' + encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}"><foreignObject width="${size.width}" height="${size.height}">${page}</foreignObject></svg>`);
    await image.decode();
    const canvas = pen(size);
    canvas.drawImage(image, 0, 0);
    return canvas;
  }

  /** The page without its slides, and a place for them. */
  function shell() {
    const copy = document.documentElement.cloneNode(true), look = document.createElement('style');
    copy.classList.remove('stage');
    for (const extra of copy.querySelectorAll('script, dialog, .ui, .tools, .find')) extra.remove();
    copy.querySelector('#deck').innerHTML = '<i id="here"></i>';
    look.textContent = INK;
    copy.querySelector('head').append(look);
    return new XMLSerializer().serializeToString(copy).replace(/<i [^>]*id="here"[^>]*>(<\/i>)?/, '<i id="here"></i>');
  }

  /** Of a text the contrast to a quarter of what is behind it, the palest. */
  function contrast(canvas, at, tall, { ink, lines }) {
    const [r, g, b, covers] = ink, found = [];
    for (const [left, top, width, height] of lines) {
      // Letters stand in the middle of their line; what is above and below is seen beside them.
      const y = Math.floor((at + top + 0.15 * height) * tall), high = Math.max(1, Math.round(0.7 * height * tall));
      const x = Math.max(0, Math.floor(left * WIDE)), wide = Math.max(1, Math.min(WIDE - x, Math.round(width * WIDE)));
      const { data } = canvas.getImageData(x, y, wide, high), step = 4 * Math.max(1, Math.floor(data.length / 4 / 400));
      for (let n = 0; n < data.length; n += step) {
        const mixed = [r, g, b].map((channel, n2) => channel * covers / 255 + data[n + n2] * (1 - covers / 255));
        const [light, dark] = [luminance(mixed), luminance([data[n], data[n + 1], data[n + 2]])].sort((one, two) => two - one);
        found.push((light + 0.05) / (dark + 0.05));
      }
    }
    return found.sort((one, two) => one - two)[Math.floor(found.length / 4)] ?? 21;
  }

  /** For each frame the texts that are hard to read: `{text, contrast, wanted}`, in hundredths. */
  async function pale(frames) {
    const styles = getComputedStyle(document.getElementById('deck')), ratio = styles.getPropertyValue('--h') / styles.getPropertyValue('--w') || 0.5625;
    const tall = Math.round(WIDE * ratio), page = shell(), res = [];
    for (let first = 0; first < frames.length; first += MANY) {
      const some = frames.slice(first, first + MANY);
      const texts = some.map(frame => {
        wings.cast(frame, 'probe', true);
        const found = words(frame);
        wings.cast(frame, 'probe', false);
        return found;
      });
      const canvas = await drawn(some, page, tall);
      texts.forEach((found, at) => {
        const seen = found.map(text => ({ ...text, contrast: contrast(canvas, at, tall, text) }));
        const hard = seen.filter(text => text.contrast < text.wanted - 0.05);
        res.push(hard.map(text => ({ text: text.text, contrast: Math.round(100 * text.contrast), wanted: Math.round(100 * text.wanted) })));
      });
    }
    return res;
  }

  return { pale };
})();
