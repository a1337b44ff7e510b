// What lies over the slides: a dark screen, a close look, colours for a poor projector; and rest
// for the pointer and none for the screen.
{
  const { root, make, moved } = deckle;
  const curtain = make('div', 'curtain', '', document.body);
  curtain.setAttribute('role', 'status');
  /** `dark` is '', 'black' or 'white'; `near` null or a point as parts of the slide. */
  const scene = { dark: '', near: null, invert: 0, contrast: 1, at: 0 };

  let close = null; // the slide that is magnified
  const set = deckle.shared('scene', scene, draw);
  function draw() {
    const { dark, near, invert, contrast } = scene;
    const isStage = !deckle.speaking;
    curtain.className = `curtain ${isStage ? dark : ''}`;
    curtain.textContent = dark && (isStage ? `Screen ${dark}` : '');
    const filter = [invert && 'invert(1) hue-rotate(180deg)', contrast > 1 && `contrast(${contrast})`].filter(Boolean).join(' ');
    root.style.filter = isStage ? filter : '';
    if (close) close.style.cssText = close.style.cssText.replace(/(scale|transform-origin):[^;]+;/g, '');
    close = near && isStage ? deckle.slideOf(deckle.frames[deckle.at]) : null;
    if (close) Object.assign(close.style, { scale: 2.5, transformOrigin: near.map(part => `${part * 100}%`).join(' ') });
    if (!isStage && scene.at) deckle.say([dark && `Screen ${dark}`, near && 'Close look', filter && 'Other colours'].filter(Boolean).join(' · '), 1e9);
  }

  const darken = to => set({ dark: scene.dark === to ? '' : to });

  // ---- A close look ---------------------------------------------------------------------------

  let x = -1, y = -1; // the pointer
  /** The slide one points at in this window, and where on it, or null beside it. */
  deckle.pointed = (left = x, top = y) => {
    const slide = document.querySelector(deckle.speaking ? '.here .slide' : '.stage:not(.overview) .current > .slide');
    const box = slide?.getBoundingClientRect();
    const at = box && [(left - box.left) / box.width, (top - box.top) / box.height];
    return at?.every(part => part >= 0 && part <= 1) ? at : null;
  };
  const magnify = () => set({ near: scene.near ? null : deckle.pointed() ?? [0.5, 0.5] });

  deckle.escaped.push(() => {
    const is = scene.dark || scene.near;
    if (is) set({ dark: '', near: null });
    return is;
  });
  let was = deckle.at;
  moved.push(byUser => {
    if (byUser && (scene.dark || (scene.near && was !== deckle.at))) set({ dark: '', near: null });
    was = deckle.at;
    if (scene.at) draw();
  });

  // ---- Colours ----------------------------------------------------------------------------------

  function sharpen() {
    const contrast = scene.contrast >= 2 ? 1 : scene.contrast + 0.25;
    set({ contrast });
    deckle.say(`Contrast ${contrast * 100} %`, 2000);
  }

  const where = 'Everywhere';
  deckle.bind(
    { where, keys: ['B', '.'], text: 'Black screen, and back', run: () => darken('black') },
    { where, keys: ['W', ','], text: 'White screen, and back', run: () => darken('white') },
    { where, keys: ['M'], text: 'Magnify what is under the pointer, and back', run: magnify },
    { where, keys: ['C'], text: 'More contrast; the fifth time as it was', run: sharpen },
    { where, keys: ['I'], text: 'Invert the colours', run: () => set({ invert: 1 - scene.invert }) },
  );

  // ---- Pointer and screen -----------------------------------------------------------------------

  let resting = 0;
  function stir(e) {
    [x, y] = [e.clientX, e.clientY];
    root.classList.remove('rest');
    clearTimeout(resting);
    resting = setTimeout(() => root.classList.add('rest'), 3000);
  }
  addEventListener('pointermove', stir, { passive: true });

  let lock = null;
  /** Keeps the screen lit while a talk runs or fills it. */
  async function wake() {
    const wanted = !document.hidden && (document.fullscreenElement || deckle.timer.since);
    try {
      if (wanted && (!lock || lock.released)) lock = await navigator.wakeLock?.request('screen');
      else if (!wanted) await lock?.release();
    } catch { /* the battery is low, or the browser does not want to */ }
  }
  document.addEventListener('visibilitychange', wake);
  document.addEventListener('fullscreenchange', wake);
  moved.push(wake);
  draw();
}
