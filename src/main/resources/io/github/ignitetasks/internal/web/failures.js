// Failures, grouped by name, type and the place where the exception came from.

import {byId, make, setNumberShown, setText, keepChildren, keepTerms} from './dom.js';
import {formatCount, formatTime, simpleName} from './format.js';
import {lookUp, canLookUp} from './lookup.js';

/** Shows the groups of failures; each opens to its latest example. */
export function showFailures(frame) {
  const {failures} = frame;
  const entries = failures.rows.length > 0 ? failures.rows : [null];
  keepChildren(byId('failures-list'), entries, groupKey, makeFailure, updateFailure);
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
    make('p', {class: 'key-line'}, make('span', {class: 'label'}, 'Latest key '), make('code', {})),
    make('p', {class: 'whole-message'}),
    make('pre', {tabindex: '0', role: 'region', 'aria-label': `Stack of ${row.name}`}));
  if (canLookUp()) {
    const button = make('button', {type: 'button', class: 'quiet'}, 'Look up');
    button.addEventListener('click', () => lookUp(details.latestKey));
    details.querySelector('.key-line').append(' ', button);
  }
  return details;
}

function updateFailure(node, row) {
  if (row === null) {
    return;
  }
  node.latestKey = row.key;
  setText(node.querySelector('.count'), `${formatCount(row.count)}\u00d7`);
  setText(node.querySelector('.message'), (row.message || '').split('\n', 1)[0]);
  const facts = [['State', row.state], ['Node', row.node || 'none'], ['Attempt', row.attempt],
    ['Time', formatTime(row.time)]];
  keepTerms(node.querySelector('dl'), facts);
  setText(node.querySelector('code'), row.key);
  setText(node.querySelector('.whole-message'), row.message || 'No message');
  setText(node.querySelector('pre'), row.stack || 'No stack');
}
