// In a long deck, slides that are not on the stage wait in the wings: their frame has a shadow root without
// a slot, so that what is in them is in no tree that the browser walks through whenever one slide changes.
// With a thousand slides that is half of what a key costs. That they are not seen is the style sheet's doing.
const wings = (() => {
  const ON_STAGE = '.current, .leaving, .probe, .ahead';
  const MANY = 150;
  // In one word it would keep the styles of the same name in every export.
  const OPENING = ['s', 'lot'].join('');
  const doors = new WeakMap();
  let used = false;

  function settle(frame) {
    const door = doors.get(frame);
    if (!used || frame.matches(ON_STAGE)) {
      if (door && !door.firstChild) door.append(document.createElement(OPENING));
    } else if (door) door.replaceChildren();
    else doors.set(frame, frame.attachShadow({ mode: 'open' }));
  }

  return {
    settle,
    /** Gives a frame a part on the stage, or takes it away. */
    cast(frame, name, on) {
      frame.classList.toggle(name, on);
      settle(frame);
    },
    /** Whether slides wait there at all; not where several are seen at once, as on paper. */
    use(frames, on) {
      on &&= frames.length > MANY;
      if (on === used) return;
      used = on;
      frames.forEach(settle);
    },
  };
})();
