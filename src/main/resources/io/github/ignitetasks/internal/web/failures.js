// Failures, grouped by name, type and the place where the exception came from.

import {byId, make, setNumberShown, setShown, setText, keepChildren, keepTerms} from './dom.js';
import {formatCount, formatMoment, simpleName, timeOf} from './format.js';
import {lookUp, canLookUp} from './lookup.js';

/** Shows the groups of failures. Each opens to its latest example, which then stays, because somebody may be reading it. */
export function showFailures(frame) {
  const {failures} = frame;
  const entries = failures.rows.length > 0 ? failures.rows : [null];
  keepChildren(byId('failures-list'), entries, groupKey, makeFailure,
    (node, row) => row && updateFailure(node, row, timeOf(frame)));
  setNumberShown(byId('failures-shown'), failures.shown, failures.of, 'groups');
}

function groupKey(row) {
  return row === null ? 'none' : JSON.stringify([row.name, row.state, row.type, row.frame]);
}

function makeFailure(row) {
  if (row === null) {
    return make('p', {class: 'none'}, 'No task has failed.');
  }
  const summary = make('summary', {}, make('span', {class: 'count'}), make('span', {class: 'what'},
    make('strong', {}, row.name), ' ', make('span', {class: 'type', title: row.type}, simpleName(row.type || row.state)),
    ' ', make('span', {class: 'message'})), make('span', {class: 'frame'}, row.frame ? `at ${row.frame}` : ''));
  const details = make('details', {class: 'failure'}, summary, make('dl', {class: 'facts'}),
    make('p', {class: 'key-line'}, make('span', {class: 'label'}, 'Key '), make('code', {})),
    make('p', {class: 'whole-message'}),
    make('pre', {tabindex: '0', role: 'region', 'aria-label': `Stack of ${row.name}`}));
  if (canLookUp()) {
    const button = make('button', {type: 'button', class: 'quiet'}, 'Look up');
    button.addEventListener('click', () => lookUp(details.shownRow.key));
    details.querySelector('.key-line').append(' ', button);
  }
  const newest = make('button', {type: 'button', class: 'quiet newest', hidden: ''}, 'Show the newest');
  newest.addEventListener('click', () => {
    summary.focus({preventScroll: true}); // the button goes
    showExample(details);
  });
  details.querySelector('.key-line').append(' ', newest);
  details.addEventListener('toggle', () => details.open || showExample(details));
  return details;
}

function updateFailure(node, row, now) {
  node.latest = {row, now};
  setText(node.querySelector('.count'), `${formatCount(row.count)}\u00d7`);
  if (node.open) {
    const {key, time} = node.shownRow;
    setShown(node.querySelector('.newest'), row.key !== key || row.time !== time);
  } else {
    showExample(node);
  }
}

/** Shows the latest example of a group. A group of which only the number is known has none. */
function showExample(node) {
  const {row, now} = node.latest;
  const isKnown = row.key !== '';
  node.shownRow = row;
  setText(node.querySelector('.message'), (row.message || '').split('\n', 1)[0]);
  keepTerms(node.querySelector('dl'), isKnown ? [['State', row.state], ['Node', row.node || 'none'], ['Attempt', row.attempt],
    ['Time', formatMoment(row.time, now)]] : []);
  setShown(node.querySelector('dl'), isKnown);
  setText(node.querySelector('code'), row.key);
  setShown(node.querySelector('.key-line'), isKnown);
  setShown(node.querySelector('.newest'), false);
  setText(node.querySelector('.whole-message'), isKnown ? row.message || 'No message' : 'Only their number is known.');
  setText(node.querySelector('pre'), row.stack || 'No stack');
  setShown(node.querySelector('pre'), isKnown);
}
