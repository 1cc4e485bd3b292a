// Throughput over time, and how long tasks waited and ran.

import {byId, make, setShown, setText, makeTableBehind, keepTerms} from './dom.js';
import {formatCount, formatDated, formatDuration, formatFew, formatMoment, formatShare, formatTime, timeOf} from './format.js';
import {isGrid, recentRate} from './overall.js';
import {endedOf, readColours} from './palette.js';

const PLOT_HEIGHT = 180;
const LONG_SECONDS = 86_400;
const PERCENTILES = [50, 95, 99];
const SHORT_NUMBER = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});
const RATE_COLUMNS = [{title: 'From'}, {title: 'Ended a second', number: true}, {title: 'Failed a second', number: true}];
const BUCKET_COLUMNS = [{title: 'Duration'}, {title: 'Tasks', number: true}, {title: 'Share', number: true}];

let plots = null;
let plotColours = null;

/** Shows the rates and the two histograms. */
export function showRates(frame) {
  plotColours = readColours();
  plots = plots || buildPlots();
  plots.throughput.show(frame);
  for (const part of ['wait', 'run']) { // the frame of a grid has none
    setShown(plots[part].box, Boolean(frame.rates[part]));
    if (frame.rates[part]) {
      plots[part].show(frame.rates[part]);
    }
  }
}

function buildPlots() {
  const built = {
    throughput: buildThroughput(),
    wait: buildHistogram('Time from submission to start', 'Waited'),
    run: buildHistogram('Run time', 'Ran'),
  };
  byId('rates-view').append(built.throughput.box, built.wait.box, built.run.box);
  return built;
}

/** A box with a plot, which is made once there is something to plot, and follows the width of the box. */
function buildPlot(title, columns, options) {
  const holder = make('div', {class: 'plot', role: 'img', 'aria-label': title});
  const none = make('p', {class: 'none'}, 'No task has ended yet.');
  const figures = make('dl', {class: 'facts'});
  const state = {plot: null, rows: () => ({rows: [], of: 0})};
  const table = makeTableBehind(title, columns, () => state.rows());
  const box = make('div', {class: 'plot-box'}, make('h3', {}, title), figures, none, holder, table.details);
  const size = () => ({width: Math.max(120, holder.clientWidth), height: PLOT_HEIGHT});
  new ResizeObserver(() => state.plot && holder.clientWidth !== state.plot.width && state.plot.setSize(size()))
    .observe(holder);
  return {box, figures, show(data, rows) {
    const isEmpty = data === null;
    setShown(none, isEmpty);
    setShown(holder, !isEmpty);
    setShown(table.details, !isEmpty);
    if (isEmpty) {
      return;
    }
    state.rows = rows;
    if (state.plot === null) {
      state.plot = new uPlot({...size(), ...options}, data, holder);
    } else {
      state.plot.setData(data);
    }
    table.show();
  }};
}

function axis(more) {
  return {
    stroke: () => plotColours.faint,
    font: plotColours.font,
    grid: {stroke: () => plotColours.line, width: 1},
    ticks: {show: false},
    gap: 4,
    ...more,
  };
}

function numberAxis() {
  return axis({size: 46, values: (plot, splits) => splits.map(split => split === null ? '' : SHORT_NUMBER.format(split))});
}

function legendValue(plot, value) {
  return value === null || value === undefined ? '\u2013' : formatFew(value);
}

/** Times of more than a day need their dates. */
function timeText(plot, seconds) {
  const {min, max} = plot.scales.x;
  return max - min > LONG_SECONDS ? formatDated(seconds * 1000) : formatTime(seconds * 1000);
}

/** The tasks that ended, by the seconds that have passed. A grid counted before somebody watched it. */
function meanRate(frame) {
  const {session, rates, totals} = frame;
  const ended = isGrid(frame) ? rates.ended.reduce((sum, count) => sum + count, 0) : endedOf(totals);
  return ended * 1000 / Math.max(1, timeOf(frame) - session.started);
}

function buildThroughput() {
  const plot = buildPlot('Tasks a second', RATE_COLUMNS, {
    cursor: {drag: {x: false, y: false}, points: {size: 7}},
    scales: {y: {range: (self, low, high) => [0, Math.max(1, high * 1.1)]}},
    axes: [axis({size: 26, space: (self, index, low, high) => high - low > LONG_SECONDS ? 110 : 70,
      values: (self, splits) => splits.map(split => timeText(self, split))}), numberAxis()],
    series: [
      {label: 'Time', value: (self, time) => time === null || time === undefined ? '\u2013' : timeText(self, time)},
      {label: 'Ended', stroke: () => plotColours.accent, fill: () => `${plotColours.accent}22`, width: 1.5,
        value: legendValue, points: {show: false}},
      {label: 'Failed', stroke: () => plotColours.bad, width: 1.5, dash: [5, 3], value: legendValue, points: {show: false}},
    ],
  });
  return {box: plot.box, show(frame) {
    const {rates, session} = frame;
    // The latest bucket of a live session is not over yet, and would look like a fall.
    const length = Math.max(0, rates.ended.length - (session.ended || rates.ended.length < 2 ? 0 : 1));
    const perSecond = counts => counts.slice(0, length).map(count => count * 1000 / rates.step);
    const times = Array.from({length}, (_, index) => (rates.from + index * rates.step) / 1000);
    const [ended, failed] = [perSecond(rates.ended), perSecond(rates.failed)];
    keepTerms(plot.figures, length === 0 ? [] : [...session.ended ? [] : [['latest', formatFew(recentRate(rates))]],
      ['mean', formatFew(meanRate(frame))], ['highest', formatFew(Math.max(...ended))]]);
    plot.show(length === 0 ? null : [times, ended, failed], () => ({
      rows: times.map((time, index) => [formatMoment(time * 1000, timeOf(frame)), formatFew(ended[index]), formatFew(failed[index])]).reverse(),
      of: length,
    }));
  }};
}

function buildHistogram(title, verb) {
  let bounds = [];
  let first = 0;
  const plot = buildPlot(title, BUCKET_COLUMNS, {
    cursor: {drag: {x: false, y: false}, y: false, points: {show: false}},
    scales: {
      x: {time: false, range: (self, low, high) => [low - 0.5, high + 0.5]},
      y: {range: (self, low, high) => [0, Math.max(1, high * 1.1)]},
    },
    axes: [
      axis({
        size: 26,
        grid: {show: false},
        // A bound lies between two bars.
        splits: (self, index, low, high) => splitsBetween(low, high, Math.max(1, Math.floor(self.width / 75))),
        values: (self, splits) => splits.map(split => boundText(bounds, split - 0.5)),
      }),
      numberAxis(),
    ],
    series: [
      {label: verb, value: (self, index) => index === null || index === undefined ? '\u2013' : bucketText(bounds, index)},
      {label: 'Tasks', stroke: () => plotColours.accent, fill: () => `${plotColours.accent}88`, width: 1,
        paths: uPlot.paths.bars({size: [0.92, 60]}), points: {show: false},
        value: (self, count) => count === null || count === undefined ? '\u2013' : formatCount(count)},
    ],
  });
  return {box: plot.box, show(histogram) {
    bounds = histogram.bounds;
    const total = histogram.counts.reduce((sum, count) => sum + count, 0);
    keepTerms(plot.figures, total === 0 ? [] : PERCENTILES.map(percentile => [`p${percentile}`,
      percentileText(histogram, total, percentile)]));
    if (total === 0) {
      plot.show(null);
      return;
    }
    first = histogram.counts.findIndex(count => count > 0);
    const last = histogram.counts.findLastIndex(count => count > 0);
    const from = Math.max(0, Math.min(first, last - 4));
    const indexes = Array.from({length: last - from + 1}, (_, index) => from + index);
    const counts = indexes.map(index => histogram.counts[index]);
    plot.show([indexes, counts], () => ({
      rows: indexes.map((index, row) => [bucketText(bounds, index), formatCount(counts[row]), formatShare(counts[row], total)]),
      of: indexes.length,
    }));
  }};
}

function splitsBetween(low, high, most) {
  const first = Math.ceil(low);
  const step = Math.max(1, Math.ceil((high - low) / most));
  const splits = [];
  for (let index = first; index + 0.5 <= high; index += step) {
    splits.push(index + 0.5);
  }
  return splits;
}

function boundText(bounds, index) {
  return index >= 0 && index < bounds.length ? formatDuration(bounds[index]) : '';
}

function bucketText(bounds, index) {
  if (index === 0) {
    return `up to ${formatDuration(bounds[0])}`;
  }
  const from = formatDuration(bounds[index - 1]);
  return index < bounds.length ? `${from} to ${formatDuration(bounds[index])}` : `over ${from}`;
}

/** The bucket tells only an upper bound of the percentile. */
function percentileText(histogram, total, percentile) {
  let sum = 0;
  const index = histogram.counts.findIndex(count => {
    sum += count;
    return sum * 100 >= total * percentile;
  });
  return index < histogram.bounds.length
    ? `\u2264 ${formatDuration(histogram.bounds[index])}`
    : `> ${formatDuration(histogram.bounds[index - 1])}`;
}
