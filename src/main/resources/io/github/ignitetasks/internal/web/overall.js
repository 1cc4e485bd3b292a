// The top of the page: which session or grid it is, how it is, and how far.

import {byId, make, setAttribute, setShown, setText, keepChildren, keepTerms} from './dom.js';
import {formatCount, formatDuration, formatFew, formatNumberOf, formatShare} from './format.js';
import {SEGMENTS, MEANINGS, drawBar, endedOf, makeSwatch} from './palette.js';

const ALWAYS_IN_TOTALS = new Set(['completed', 'failed', 'running', 'queued', 'waiting']);
const STATE_TEXTS = {
  connecting: 'Connecting',
  live: 'Live',
  lost: 'Connection lost, retrying',
  silent: 'No news since',
  refused: 'Refused, retrying',
  ended: 'Session ended',
  'node-ended': 'The node of this dashboard ended',
  report: 'Report of a run that ended',
};
/** How states look that look like another one. */
const LOOKS = {'node-ended': 'ended', silent: 'lost', refused: 'lost'};

/** Whether a frame shows a whole grid. */
export function isGrid(frame) {
  return frame.kind === 'grid';
}

/** Shows whether the page is live; the text of a state may go on. */
export function showState(state, more) {
  const node = byId('state');
  setAttribute(node, 'data-state', LOOKS[state] || state);
  setText(node, more ? `${STATE_TEXTS[state]} ${more}` : STATE_TEXTS[state]);
}

/** Shows in the title of the page how far the tasks are. */
export function showTitle({session, totals}) {
  document.title = totals.submitted === 0 ? `${session.name} \u00b7 Ignite Task Runner`
    : `${formatShare(endedOf(totals), totals.submitted)} \u00b7 ${session.name}`;
}

/** Shows the top of the page. */
export function showOverall(frame) {
  const {session, totals} = frame;
  setText(byId('session-name'), session.name);
  setText(byId('description'), session.description || '');
  setShown(byId('description'), Boolean(session.description));
  keepTerms(byId('facts'), factsOf(frame));
  setShown(byId('grid-note'), isGrid(frame));
  showProgress(totals);
  showTotals(frame);
  const dropped = byId('dropped');
  setShown(dropped, frame.dropped > 0);
  setText(dropped, isGrid(frame)
    ? `The groups of failures miss ${formatNumberOf(frame.dropped, 'failure')}: each server tells its last 20.`
      + ' The counts have them all.'
    : `Events came faster than the views could follow: they miss ${formatNumberOf(frame.dropped, 'event')}.`
      + ' The counts are exact all the same.');
}

function factsOf(frame) {
  const {session, nodes, rates} = frame;
  const elapsed = formatDuration(Math.max(0, (session.ended || session.now) - session.started));
  const facts = [[isGrid(frame) ? 'Watched for' : 'Elapsed', elapsed]];
  if (session.slots > 0) {
    facts.push(['Slots', formatCount(session.slots)]);
  }
  if (nodes && nodes.of > 0) {
    const lost = nodes.rows.filter(node => node.lost).length;
    facts.push(['Nodes', lost > 0 ? `${formatCount(nodes.of - lost)}, ${formatCount(lost)} lost` : formatCount(nodes.of)]);
  }
  if (rates && rates.ended.length > 1) {
    if (session.ended && !isGrid(frame)) {
      const seconds = Math.max(0.001, (session.ended - session.started) / 1000);
      facts.push(['Tasks a second', formatFew(endedOf(frame.totals) / seconds)]);
    } else {
      facts.push(['Tasks a second', formatFew(recentRate(rates))]);
    }
  }
  return facts;
}

/** The rate of the last seconds. If the frame lacks it: of the last whole buckets, since the very last is not over yet. */
export function recentRate(rates) {
  if (rates.recent !== undefined) {
    return rates.recent;
  }
  const whole = rates.ended.slice(0, -1).slice(-Math.max(1, Math.round(5000 / rates.step)));
  return whole.reduce((sum, number) => sum + number, 0) / whole.length / rates.step * 1000;
}

function showProgress(totals) {
  const ended = endedOf(totals);
  const share = formatShare(ended, totals.submitted);
  const of = `${formatCount(ended)} of ${formatNumberOf(totals.submitted, 'task')} ended`;
  setText(byId('overall-text'), totals.submitted === 0 ? 'No tasks yet' : `${of} (${share})`);
  const bar = byId('overall-bar');
  setAttribute(bar, 'aria-valuenow', Number.parseInt(share, 10));
  setAttribute(bar, 'aria-valuetext', totals.submitted === 0 ? 'No tasks yet' : of);
  drawBar(bar, totals);
}

function showTotals(frame) {
  const {totals} = frame;
  const isAlways = kind => ALWAYS_IN_TOTALS.has(kind) && !(isGrid(frame) && kind === 'waiting');
  const shown = SEGMENTS.filter(segment => isAlways(segment.kind) || segment.of(totals) > 0)
    .map(segment => ({kind: segment.kind, title: segment.title, number: segment.of(totals)}));
  if (totals.cached > 0) {
    shown.push({kind: 'cached', title: 'of these found, not run', number: totals.cached});
  }
  if (totals.retries > 0) {
    shown.push({kind: 'retries', title: totals.retries === 1 ? 'retry' : 'retries', number: totals.retries});
  }
  keepChildren(byId('totals'), shown, entry => entry.kind, makeTotal, (node, entry) => {
    setText(node.querySelector('.total-number'), formatCount(entry.number));
    node.classList.toggle('none', entry.number === 0);
  });
}

function makeTotal(entry) {
  const term = make('dt', {}, entry.title);
  const number = make('dd', {}, make('span', {class: 'total-number'}));
  if (MEANINGS[entry.title]) {
    term.title = MEANINGS[entry.title];
    number.prepend(makeSwatch(entry.kind));
  }
  return make('div', {class: 'total'}, term, number);
}
