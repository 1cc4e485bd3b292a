// The colours of states and of names. Each state also has a pattern of its own, in the style sheet.

import {make, setAttribute, setText, keepChildren} from './dom.js';
import {formatCount} from './format.js';

const NAME_COLOURS = 8;
const colourOfName = new Map();

/** The phases and final states of tasks, in the order of a bar; each has a class in the style sheet. */
export const SEGMENTS = [
  {kind: 'completed', title: 'completed', of: counts => counts.completed},
  {kind: 'failed', title: 'failed', of: counts => counts.failed},
  {kind: 'crashed', title: 'crashed', of: counts => counts.crashed},
  {kind: 'cancelled', title: 'cancelled', of: counts => counts.cancelled},
  {kind: 'not-ready', title: 'not ready', of: counts => counts.notReady},
  {kind: 'retrying', title: 'retrying', of: counts => counts.retrying},
  {kind: 'running', title: 'running', of: counts => counts.running},
  {kind: 'queued', title: 'queued', of: counts => counts.queued},
  {kind: 'waiting', title: 'waiting', of: counts => counts.waiting},
];

/** The meanings of the states, for their tooltips. */
export const MEANINGS = {
  completed: 'The task returned a result.',
  failed: 'The last attempt threw an exception or ran out of time.',
  crashed: 'The task could not be run, or its nodes died.',
  cancelled: 'The task was called off.',
  'not ready': 'The task never ran, because a task that it needs did not complete.',
  retrying: 'An attempt failed, and another follows.',
  running: 'The task runs now.',
  queued: 'The task is ready and waits for a free slot.',
  waiting: 'The task waits for other tasks, whose results it needs.',
};

/** How many of the tasks have ended. */
export function endedOf(counts) {
  return counts.completed + counts.failed + counts.crashed + counts.cancelled + counts.notReady;
}

/** How many of the tasks ended without a result. */
export function troubledOf(counts) {
  return endedOf(counts) - counts.completed;
}

/** Shows counts as a bar of segments. */
export function drawBar(bar, counts) {
  const parts = SEGMENTS.map(segment => [segment, segment.of(counts)]).filter(([, number]) => number > 0);
  keepChildren(bar, parts, ([segment]) => segment.kind,
    ([segment]) => make('span', {class: `segment ${segment.kind}`}),
    (node, [segment, number]) => {
      node.style.flexGrow = number;
      setAttribute(node, 'title', `${formatCount(number)} ${segment.title}`);
    });
}

/** A small square with the colour and the pattern of a state. */
export function makeSwatch(kind) {
  return make('span', {class: `swatch segment ${kind}`, 'aria-hidden': 'true'});
}

/** The number of the colour of a name; a name keeps its colour while the page is open. */
export function colourOf(name) {
  if (!colourOfName.has(name)) {
    colourOfName.set(name, colourOfName.size);
  }
  return colourOfName.get(name) % NAME_COLOURS;
}

/** Whether the bars of a name have a stripe, which tells names of the same colour apart. */
export function isStriped(name) {
  colourOf(name);
  return Math.floor(colourOfName.get(name) / NAME_COLOURS) % 2 === 1;
}

/** Reads the colours of the style sheet, which differ in light and dark. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const read = name => style.getPropertyValue(name).trim();
  return {
    names: Array.from({length: NAME_COLOURS}, (_, index) => read(`--name-${index}`)),
    text: read('--text'),
    faint: read('--faint'),
    line: read('--line'),
    card: read('--card'),
    accent: read('--accent'),
    bad: read('--bad'),
    band: read('--band'),
    font: `11px ${style.fontFamily}`,
  };
}

/** Cuts a text that is wider than so many pixels in the font of the context. */
export function cutToWidth(context, text, width) {
  if (context.measureText(text).width <= width) {
    return text;
  }
  let end = Math.min(text.length, Math.ceil(width / 3));
  while (end > 1 && context.measureText(`${text.slice(0, end)}\u2026`).width > width) {
    end--;
  }
  return `${text.slice(0, end)}\u2026`;
}

/** Shows the colours of names, at most 16 of them. */
export function keepLegend(list, names) {
  const shown = names.slice(0, 16);
  const entries = shown.map(name => ['name', name]);
  if (names.length > shown.length) {
    entries.push(['more', `${shown.length} of ${formatCount(names.length)} names shown`]);
  }
  keepChildren(list, entries, ([kind, name]) => kind === 'more' ? kind : `=${name}`,
    ([kind, name]) => {
      const item = make('li', {});
      if (kind === 'name') {
        item.append(make('span', {class: `swatch name-${colourOf(name)}${isStriped(name) ? ' striped' : ''}`,
          'aria-hidden': 'true'}));
      }
      item.append(make('span', {}));
      return item;
    },
    (item, [, name]) => setText(item.lastChild, name));
}
