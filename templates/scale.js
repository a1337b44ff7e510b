// How well slides fit, for those who are told: the author who watches, and `deckle check`.

/** At which part of the smallest type a slide fits, in percent: 100 without squeezing, 0 if it is scrolled. */
const scaleOf = frame => {
  const slide = deckle.slideOf(frame);
  if (!slide) return 100;
  frame.classList.add('probe');
  deckle.fit(slide, true);
  const squeeze = +slide.style.getPropertyValue('--squeeze') || 1;
  frame.classList.remove('probe');
  return slide.querySelector('.scroller') && !slide.matches('.fit-stay') ? 0 : Math.round(squeeze * 100);
};
