// The task stream: a row for each lane of a node, a bar for each task, over the time of a window. A node has as many lanes
// as its tasks overlapped.

import {byId, make, setAttribute, setShown, setText, makeTableBehind} from './dom.js';
import {formatCount, formatDated, formatDuration, formatMoment, formatNumberOf, formatTime, timeOf} from './format.js';
import {colourOf, cutToWidth, isStriped, keepLegend, readColours} from './palette.js';

const AXIS_HEIGHT = 22;
const MIN_BAR = 1.5;
const TABLE_ROWS = 200;
const TICK_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400];
const DAY_MILLIS = 86_400_000;
const STREAM_COLUMNS = [{title: 'Node and lane'}, {title: 'Task'}, {title: 'Tasks', number: true},
  {title: 'Failed', number: true}, {title: 'Start'}, {title: 'End'}, {title: 'Duration', number: true}];

const streamParts = {};
let streamData = null;
let streamTime = 0;
let chosenBar = null;

/** Shows the tasks that ended in the window. A bar may have begun before it, and keeps its true start. */
export function showStream(frame) {
  if (!streamParts.canvas) {
    buildStream();
  }
  const chosen = chosenBar && {...streamData.rows[chosenBar[0]], start: chosenBar[1]};
  streamData = frame.stream;
  streamTime = timeOf(frame);
  streamData.names.forEach(colourOf);
  keepLegend(streamParts.legend, streamData.names);
  const cuts = [];
  if (streamData.tasks > streamData.drawn) {
    cuts.push(`${formatCount(streamData.drawn)} of ${formatCount(streamData.tasks)} tasks drawn`);
  }
  if (streamData.rowsOf > streamData.rowsShown) {
    cuts.push(`${formatCount(streamData.rowsShown)} of ${formatCount(streamData.rowsOf)} rows shown`);
  }
  setText(byId('stream-shown'), cuts.join(', '));
  const empty = streamData.bars.length === 0;
  setShown(streamParts.box, !empty);
  setShown(streamParts.none, empty);
  setShown(streamParts.table.details, !empty);
  drawStream();
  showTip(chosen && barNearest(chosen));
  streamParts.table.show();
}

function buildStream() {
  const canvas = make('canvas', {tabindex: '0', role: 'img', 'aria-describedby': 'stream-tip'});
  const tip = make('div', {class: 'tip', id: 'stream-tip', hidden: ''});
  const box = make('div', {class: 'stream-box'}, canvas, tip);
  const legend = make('ul', {class: 'legend', 'aria-label': 'Colours of the tasks'});
  const failed = make('p', {class: 'hint'}, make('span', {class: 'triangle', 'aria-hidden': 'true'}, '\u25B2'),
    ' marks bars with failures. Point at a bar, or move among bars with the arrow keys, to see what it is.');
  const none = make('p', {class: 'none'}, 'No task has ended yet.');
  Object.assign(streamParts, {canvas, tip, box, legend, none,
    table: makeTableBehind('Bars of the task stream, latest first', STREAM_COLUMNS, barsAsRows)});
  box.append(legend, failed);
  byId('stream-view').append(none, box, streamParts.table.details);
  canvas.addEventListener('mousemove', event => showTip(barAt(event.offsetX, event.offsetY)));
  canvas.addEventListener('mouseleave', hideTip);
  canvas.addEventListener('blur', hideTip);
  canvas.addEventListener('keydown', chooseByKey);
  new ResizeObserver(drawStream).observe(box);
}

/** Where things are on the canvas. */
function geometry() {
  const width = streamParts.box.clientWidth;
  const rows = Math.max(1, streamData.rows.length);
  const rowHeight = rows <= 12 ? 22 : rows <= 32 ? 15 : 10;
  const left = width < 500 ? 84 : 120;
  const span = Math.max(1, streamData.to - streamData.from);
  const scale = Math.max(1, width - left - 2) / span;
  return {width, height: rows * rowHeight + AXIS_HEIGHT, rowHeight, left, scale,
    x: time => left + Math.min(span, Math.max(0, time - streamData.from)) * scale};
}

function drawStream() {
  if (streamData === null || streamParts.box.hidden || streamParts.box.clientWidth === 0) {
    return;
  }
  const shape = geometry();
  const {canvas} = streamParts;
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(shape.width * ratio), Math.round(shape.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.height = `${shape.height}px`;
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, shape.width, shape.height);
  const colours = readColours();
  context.font = colours.font;
  drawRows(context, shape, colours);
  drawAxis(context, shape, colours);
  drawBars(context, shape, colours);
  drawFailures(context, shape, colours);
  setAttribute(canvas, 'aria-label', `${formatNumberOf(streamData.drawn, 'task')} in`
    + ` ${formatNumberOf(streamData.rows.length, 'lane')}, from ${formatMoment(streamData.from, streamTime)}`
    + ` to ${formatMoment(streamData.to, streamTime)}`);
}

function drawRows(context, shape, colours) {
  context.textBaseline = 'middle';
  let group = 0;
  streamData.rows.forEach((row, index) => {
    const isFirst = index === 0 || streamData.rows[index - 1].node !== row.node;
    const top = index * shape.rowHeight;
    group += isFirst ? 1 : 0;
    if (group % 2 === 1) {
      context.fillStyle = colours.band;
      context.fillRect(0, top, shape.width, shape.rowHeight);
    }
    if (isFirst) {
      context.fillStyle = colours.text;
      context.textAlign = 'left';
      context.fillText(cutToWidth(context, row.node, shape.left - 26), 4, top + shape.rowHeight / 2);
    }
    if (shape.rowHeight >= 15) {
      context.fillStyle = colours.faint;
      context.textAlign = 'right';
      context.fillText(row.slot + 1, shape.left - 6, top + shape.rowHeight / 2);
    }
  });
}

function drawAxis(context, shape, colours) {
  const isLong = streamData.to - streamData.from > DAY_MILLIS;
  const most = Math.max(1, Math.floor((shape.width - shape.left) / (isLong ? 120 : 90)));
  const least = (streamData.to - streamData.from) / most;
  const step = TICK_SECONDS.map(seconds => seconds * 1000).find(millis => millis >= least) || least;
  const bottom = shape.height - AXIS_HEIGHT;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  for (let time = Math.ceil(streamData.from / step) * step; time <= streamData.to; time += step) {
    const x = Math.round(shape.x(time)) + 0.5;
    context.fillStyle = colours.line;
    context.fillRect(x - 0.5, 0, 1, bottom + 4);
    context.fillStyle = colours.faint;
    context.fillText(isLong ? formatDated(time) : formatTime(time), Math.min(shape.width - (isLong ? 46 : 26), x), bottom + 7);
  }
}

/** Draws the bars of one colour after those of another, which is much quicker than changing the colour often. */
function drawBars(context, shape, colours) {
  const byColour = colours.names.map(() => []);
  streamData.bars.forEach(bar => byColour[colourOf(streamData.names[bar[3]])].push(bar));
  const striped = [];
  byColour.forEach((bars, colour) => {
    context.fillStyle = colours.names[colour];
    bars.forEach(bar => {
      const x = shape.x(bar[1]);
      context.fillRect(x, bar[0] * shape.rowHeight + 1, Math.max(MIN_BAR, shape.x(bar[2]) - x - 0.5), shape.rowHeight - 2);
      if (isStriped(streamData.names[bar[3]])) {
        striped.push(bar);
      }
    });
  });
  context.fillStyle = colours.card;
  striped.forEach(bar => {
    const x = shape.x(bar[1]);
    context.fillRect(x, (bar[0] + 0.5) * shape.rowHeight - 1, Math.max(MIN_BAR, shape.x(bar[2]) - x), 2);
  });
}

/**
 * Draws an outline and a triangle for each bar with failures. They have the colour of texts and an edge in that of the card,
 * because bars have many colours, and some of them are like the one of failures.
 */
function drawFailures(context, shape, colours) {
  const failed = streamData.bars.filter(bar => bar[5] > 0);
  const size = Math.min(9, shape.rowHeight - 3);
  for (const [colour, width] of [[colours.card, 3], [colours.text, 1]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    failed.forEach(bar => {
      const x = Math.round(shape.x(bar[1])) + 0.5; // in the middle of a pixel, where a thin line is sharp
      const length = Math.max(1, Math.round(shape.x(bar[2]) - x - 1));
      context.strokeRect(x, bar[0] * shape.rowHeight + 1.5, length, shape.rowHeight - 3);
    });
  }
  context.beginPath();
  const lastOfRow = [];
  failed.sort((a, b) => a[1] - b[1]).forEach(bar => {
    const middle = (shape.x(bar[1]) + Math.max(shape.x(bar[1]) + MIN_BAR, shape.x(bar[2]))) / 2;
    if (middle - lastOfRow[bar[0]] < size) {
      return; // it would hide the one before it
    }
    lastOfRow[bar[0]] = middle;
    const bottom = (bar[0] + 0.5) * shape.rowHeight + size / 2;
    context.moveTo(middle, bottom - size);
    context.lineTo(middle + size * 0.6, bottom);
    context.lineTo(middle - size * 0.6, bottom);
    context.closePath();
  });
  context.fillStyle = colours.text;
  context.strokeStyle = colours.card;
  context.lineWidth = 3;
  context.stroke();
  context.fill();
}

function barAt(x, y) {
  const shape = geometry();
  const row = Math.floor(y / shape.rowHeight);
  let best = null;
  let distance = 4;
  streamData.bars.forEach(bar => {
    if (bar[0] === row) {
      const start = shape.x(bar[1]);
      const end = Math.max(start + MIN_BAR, shape.x(bar[2]));
      const away = x < start ? start - x : x > end ? x - end : 0;
      if (away < distance) {
        best = bar;
        distance = away;
      }
    }
  });
  return best;
}

/** The bar of a lane that began nearest to a time; null if the lane has none. */
function barNearest({node, slot, start}) {
  const row = streamData.rows.findIndex(other => other.node === node && other.slot === slot);
  const distance = bar => Math.abs(bar[1] - start);
  return streamData.bars.filter(bar => bar[0] === row)
    .reduce((best, bar) => best === null || distance(bar) < distance(best) ? bar : best, null);
}

/** Whether a bar has tasks of several names, of which it tells that of the longest task. */
function hasSeveralNames(bar) {
  return bar[6] === 1;
}

function barAsTexts(bar) {
  const row = streamData.rows[bar[0]];
  const name = streamData.names[bar[3]];
  return [`${row.node}, lane ${row.slot + 1}`, hasSeveralNames(bar) ? `${name} and others` : name, formatCount(bar[4]), formatCount(bar[5]),
    formatMoment(bar[1], streamTime), formatMoment(bar[2], streamTime), formatDuration(bar[2] - bar[1])];
}

function barsAsRows() {
  const bars = [...streamData.bars].sort((a, b) => b[2] - a[2]);
  return {rows: bars.slice(0, TABLE_ROWS).map(barAsTexts), of: bars.length};
}

function showTip(bar) {
  const {tip} = streamParts;
  chosenBar = bar;
  if (bar === null) {
    hideTip();
    return;
  }
  const shape = geometry();
  const [place, , , , start, end, duration] = barAsTexts(bar);
  const name = streamData.names[bar[3]];
  const tasks = formatNumberOf(bar[4], 'task');
  const what = hasSeveralNames(bar) ? `${tasks} of several names, longest ${name}` : `${name}: ${tasks}`;
  const failed = bar[5] > 0 ? `, ${formatCount(bar[5])} failed` : '';
  setText(tip, `${what}${failed}. ${place}, ${start} to ${end}, ${duration}`);
  tip.hidden = false;
  const middle = (shape.x(bar[1]) + shape.x(bar[2])) / 2;
  tip.style.left = `${Math.max(0, Math.min(shape.width - tip.offsetWidth, middle - tip.offsetWidth / 2))}px`;
  tip.style.top = `${(bar[0] + 1) * shape.rowHeight + 4}px`;
}

function hideTip() {
  streamParts.tip.hidden = true;
  chosenBar = null;
}

function chooseByKey(event) {
  const steps = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0]};
  if (event.key === 'Escape') {
    hideTip();
  }
  if (!steps[event.key] || streamData.bars.length === 0) {
    return;
  }
  event.preventDefault();
  const [down, right] = steps[event.key];
  const from = chosenBar || [...streamData.bars].sort((a, b) => b[2] - a[2])[0];
  if (chosenBar === null) {
    showTip(from);
  } else if (right !== 0) {
    const bars = streamData.bars.filter(bar => bar[0] === from[0]).sort((a, b) => a[1] - b[1]);
    showTip(bars[Math.max(0, Math.min(bars.length - 1, bars.indexOf(from) + right))]);
  } else {
    const rows = [...new Set(streamData.bars.map(bar => bar[0]))].sort((a, b) => a - b);
    const row = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(from[0]) + down))];
    const middle = bar => Math.max(bar[1], streamData.from) + bar[2]; // twice that of what is seen
    const distance = bar => Math.abs(middle(bar) - middle(from));
    showTip(streamData.bars.filter(bar => bar[0] === row).sort((a, b) => distance(a) - distance(b))[0]);
  }
}
