// The laser pointer, pen and eraser, in either window. Drawings belong to a slide and are kept
// until the windows are closed.
{
  const { root, make, pointed } = deckle;
  const COLOURS = ['#e5261f', '#0a6cff', '#12a150', '#ffd400'];
  const where = 'While drawing';
  /** By key of the frame: strokes of `[colour, [x, y, x, y, …]]`, in parts of the slide. */
  const ink = { marks: {}, at: 0 };
  const undone = {}; // what was there before each change
  let tool = '', colour = 0;
  let line = null, far = null; // the stroke that is being drawn, here and in the other window

  const keyOf = () => deckle.frames[deckle.at]?.dataset.key;
  const marksOf = key => ink.marks[key] ?? [];

  /** Draws the strokes of a frame on a slide that shows it. */
  deckle.inkOn = (slide, key) => {
    let sheet = slide?.querySelector(':scope > .ink');
    const marks = [...marksOf(key), ...(key === keyOf() ? [far, line] : [])].filter(Boolean);
    if (!slide || (!sheet && !marks.length)) return;
    if (!sheet) {
      sheet = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      sheet.classList.add('ink');
      sheet.setAttribute('viewBox', '0 0 1 1');
      sheet.setAttribute('preserveAspectRatio', 'none');
      sheet.ariaHidden = 'true';
      slide.append(sheet);
    }
    while (sheet.children.length > marks.length) sheet.lastChild.remove();
    marks.forEach(([ink, points], i) => {
      const path = sheet.children[i] ?? sheet.appendChild(document.createElementNS(sheet.namespaceURI, 'path'));
      path.setAttribute('d', `M${points.join(' ')}${points.length < 3 ? 'h0' : ''}`);
      path.setAttribute('stroke', ink);
    });
  };

  function draw() {
    deckle.inkOn(deckle.slideOf(deckle.frames[deckle.at]), keyOf());
    // Looking for what is not there takes long in a large deck.
    if (deckle.speaking) deckle.inkOn(document.querySelector('.here .slide'), keyOf());
  }
  function drawAll() {
    for (const frame of deckle.frames) if (ink.marks[frame.dataset.key]) deckle.inkOn(deckle.slideOf(frame), frame.dataset.key);
    draw();
  }
  const share = deckle.shared('ink', ink, drawAll);

  /** A slide that is edited has another key, and what was drawn on it stays. */
  deckle.rekey = (from, to) => {
    const { [from]: marks, ...rest } = ink.marks;
    if (!marks) return;
    undone[to] = undone[from];
    share({ marks: { ...rest, [to]: marks } });
  };

  function change(marks, key = keyOf()) {
    (undone[key] ??= []).push(marksOf(key));
    share({ marks: { ...ink.marks, [key]: marks } });
  }
  function undo() {
    const before = undone[keyOf()]?.pop();
    if (before) share({ marks: { ...ink.marks, [keyOf()]: before } });
  }

  function erase([x, y]) {
    const near = ([, points]) => points.some((px, i) => i % 2 === 0 && Math.hypot(px - x, (points[i + 1] - y) / 1.7) < 0.02);
    const left = marksOf(keyOf()).filter(mark => !near(mark));
    if (left.length < marksOf(keyOf()).length) change(left);
  }

  // ---- The laser --------------------------------------------------------------------------------

  const dot = make('div', 'laser', '', document.body);
  function shine(at) {
    const slide = document.querySelector(deckle.speaking ? '.here .slide' : '.current > .slide'), box = slide?.getBoundingClientRect();
    dot.hidden = !at || !box?.width;
    if (!dot.hidden) dot.style.translate = `${box.left + at[0] * box.width}px ${box.top + at[1] * box.height}px`;
  }
  dot.hidden = true;
  deckle.on.laser = shine;
  deckle.on.stroke = value => {
    far = value;
    draw();
  };

  // ---- Tools ------------------------------------------------------------------------------------

  function take(what) {
    tool = what;
    root.classList.toggle('drawing', /pen|eraser/.test(tool));
    root.dataset.tool = tool;
    for (const b of tools.children) b.ariaPressed = b.name ? `${b.name === tool}` : null;
    if (tool !== 'laser') point(null);
  }
  function point(at) {
    shine(at);
    deckle.send('laser', at);
  }
  function dye() {
    colour = (colour + 1) % COLOURS.length;
    take('pen');
    tools.style.setProperty('--dye', COLOURS[colour]);
  }

  const drawing = () => root.classList.contains('drawing');
  const pen = () => take(drawing() ? '' : 'pen');
  const table = [
    { where, keys: ['P'], text: 'Pen', name: 'pen', run: () => take('pen') },
    { where, keys: ['E'], text: 'Eraser', name: 'eraser', run: () => take('eraser') },
    { where, keys: ['C'], text: 'Next colour', run: dye },
    { where, keys: ['U'], text: 'Undo', run: undo },
    { where, keys: ['Delete'], text: 'Clear the slide', run: () => change([]) },
    { where, keys: ['D', 'Escape'], text: 'Done', run: () => take('') },
  ];
  deckle.bind(...table,
    { where: 'Everywhere', keys: ['D'], text: 'Draw, and stop drawing', run: pen },
    { where: 'Everywhere', keys: ['L'], text: 'Laser pointer, and back', run: () => take(tool === 'laser' ? '' : 'laser') },
  );
  deckle.modes.push({ where, on: drawing, told: () => true });
  deckle.escaped.push(() => tool && (take(''), true));

  const tools = make('aside', 'ui tools', '', document.body);
  tools.setAttribute('aria-label', 'Drawing');
  tools.style.setProperty('--dye', COLOURS[0]);
  for (const { text, name, run } of table) {
    const button = make('button', '', text, tools);
    button.name = name ?? '';
    button.addEventListener('click', e => {
      run();
      if (e.detail) button.blur();
    });
  }

  const round = at => at.map(part => +part.toFixed(4));
  addEventListener('pointerdown', e => {
    const at = drawing() && !e.button && !e.target.closest?.('.ui button') && pointed(e.clientX, e.clientY);
    if (!at) return;
    e.preventDefault();
    if (tool === 'eraser') return erase(at);
    line = [COLOURS[colour], round(at)];
    draw();
  }, true);
  addEventListener('pointermove', e => {
    const at = tool && pointed(e.clientX, e.clientY);
    if (tool === 'laser') return point(at);
    if (!at) return;
    if (tool === 'eraser' && e.buttons) return erase(at);
    if (!line) return;
    line[1].push(...round(at));
    draw();
    deckle.send('stroke', line);
  });
  const end = () => {
    if (!line) return;
    const done = line;
    line = null;
    deckle.send('stroke', null);
    change([...marksOf(keyOf()), done]);
  };
  addEventListener('pointerup', end);
  addEventListener('pointercancel', end);

  deckle.moved.push(() => {
    end();
    draw();
  });
  drawAll();
}
