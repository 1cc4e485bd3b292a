// The tasks that have run or waited longest, and the stack of one on request.

import {byId, make, setAttribute, setNumberShown, setShown, setText, keepChildren, makeTable} from './dom.js';
import {formatCount, formatDuration, formatPhase, formatShare} from './format.js';
import {canLookUp, fetchAnswer} from './lookup.js';

const RUNNING_COLUMNS = [{title: 'Key'}, {title: 'Task'}, {title: 'Node'}, {title: 'What it does'},
  {title: 'Elapsed', number: true}, {title: 'Attempt', number: true}, {title: 'Progress'}];
const openStacks = new Map();
let runningTable = null;
/** The keys that the table has, in its order. */
let keysShown = [];

/** Shows the longest tasks. */
export function showRunning(frame) {
  const {running} = frame;
  const box = byId('running-table');
  if (runningTable === null) {
    runningTable = makeTable('Running and slow tasks, longest first', RUNNING_COLUMNS);
    runningTable.tBodies[0].remove();
    box.append(runningTable, make('p', {class: 'none'}, 'Nothing runs now.'));
  }
  const rows = withLeftButOpen(running.rows);
  keepChildren(runningTable, rows, row => row.key, makeTask, updateTask);
  setShown(runningTable, rows.length > 0);
  setShown(box.lastChild, rows.length === 0);
  setNumberShown(byId('running-shown'), running.shown, running.of, 'tasks');
}

/**
 * The rows with those of tasks that are not in the list any more, but whose stack somebody may be reading. Such a row stays
 * behind the nearest one that was before it and is still there.
 */
function withLeftButOpen(rows) {
  const all = [...rows];
  const placeOf = key => all.findIndex(row => row.key === key);
  rows.filter(row => openStacks.has(row.key)).forEach(row => openStacks.set(row.key, row));
  keysShown.forEach((key, index) => {
    if (openStacks.has(key) && placeOf(key) < 0) {
      const before = keysShown.slice(0, index).findLast(other => placeOf(other) >= 0);
      all.splice(before === undefined ? 0 : placeOf(before) + 1, 0,
        {...openStacks.get(key), phase: 'is not in this list any more', waitsFor: ''});
    }
  });
  keysShown = all.map(row => row.key);
  return all;
}

/** A body of the table for each task, so that the row with the stack goes where its task goes. */
function makeTask(row) {
  const key = canLookUp()
    ? make('button', {type: 'button', class: 'as-link', 'aria-expanded': 'false', title: `Show the stack of ${row.key}`}, row.key)
    : make('span', {title: row.key}, row.key);
  const line = make('tr', {}, make('th', {scope: 'row'}, key), make('td', {}), make('td', {}), make('td', {}),
    make('td', {class: 'number'}), make('td', {class: 'number'}), make('td', {}));
  const body = make('tbody', {}, line);
  if (canLookUp()) {
    line.className = 'clickable';
    line.addEventListener('click', () => toggleStack(body, row));
  }
  return body;
}

function updateTask(body, row) {
  const cells = body.rows[0].cells;
  const texts = [row.name, row.node || '\u2013', formatPhase(row.phase, row.waitsFor)];
  texts.forEach((text, index) => {
    setText(cells[index + 1], text);
    setAttribute(cells[index + 1], 'title', text); // the cell may be too narrow for it
  });
  setText(cells[4], formatDuration(row.elapsed));
  setText(cells[5], row.attempt > 0 ? formatCount(row.attempt) : '\u2013');
  updateOwnProgress(cells[6], row.progress);
}

function updateOwnProgress(cell, progress) {
  if (!progress) {
    if (cell.firstChild) {
      cell.replaceChildren();
    }
    return;
  }
  if (!cell.firstChild) {
    cell.append(make('div', {class: 'bar small', 'aria-hidden': 'true'}, make('span', {class: 'segment plain'}),
      make('span', {class: 'segment rest'})), make('span', {class: 'own-progress'}));
  }
  const known = progress.total > 0;
  const [bar, text] = cell.children;
  setShown(bar, known);
  if (known) {
    bar.firstChild.style.flexGrow = Math.min(progress.done, progress.total);
    bar.lastChild.style.flexGrow = Math.max(0, progress.total - progress.done);
  }
  const numbers = known
    ? `${formatCount(progress.done)} of ${formatCount(progress.total)} (${formatShare(progress.done, progress.total)})`
    : formatCount(progress.done);
  setText(text, progress.text ? `${numbers}, ${progress.text}` : numbers);
}

async function toggleStack(body, row) {
  const button = body.querySelector('button');
  if (body.rows.length > 1) {
    openStacks.delete(row.key);
    body.rows[1].remove();
    setAttribute(button, 'aria-expanded', 'false');
    return;
  }
  const text = make('pre', {tabindex: '0', role: 'region', 'aria-label': 'Stack'}, 'Asking the node for the stack');
  body.append(make('tr', {class: 'stack'}, make('td', {colspan: RUNNING_COLUMNS.length},
    make('p', {}, make('span', {class: 'label'}, 'Key '), make('code', {}, row.key)), text)));
  setAttribute(button, 'aria-expanded', 'true');
  openStacks.set(row.key, row);
  try {
    const answer = await fetchAnswer('stack', row.key);
    setText(text, answer.stack || 'The task does not run now, or its node does not answer: there is no stack.');
  } catch (error) {
    setText(text, `There is no answer: ${error.message}.`);
  }
}
