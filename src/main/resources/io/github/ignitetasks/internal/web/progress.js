// Progress by the names of tasks.

import {byId, make, setNumberShown, setText, keepChildren, makeTable, setShown} from './dom.js';
import {formatCount, formatShare} from './format.js';
import {MEANINGS, drawBar, endedOf} from './palette.js';
import {isGrid} from './overall.js';

const FIGURES = [
  {title: 'Total', of: counts => counts.submitted, always: true, hint: 'So many tasks were accepted.'},
  {title: 'Waiting', of: counts => counts.waiting, always: true},
  {title: 'Queued', of: counts => counts.queued, always: true},
  {title: 'Running', of: counts => counts.running, always: true},
  {title: 'Retrying', of: counts => counts.retrying},
  {title: 'Completed', of: counts => counts.completed, always: true},
  {title: 'Failed', of: counts => counts.failed, always: true, bad: true},
  {title: 'Crashed', of: counts => counts.crashed, bad: true},
  {title: 'Cancelled', of: counts => counts.cancelled},
  {title: 'Not ready', of: counts => counts.notReady},
  {title: 'Cached', of: counts => counts.cached, hint: 'So many of the ended tasks were found, and did not run.'},
  {title: 'Retries', of: counts => counts.retries, hint: 'So many attempts followed a failed one.'},
];
const PROGRESS_COLUMNS = [{title: 'Task'}, {title: 'Progress'}, ...FIGURES.map(figure => ({
  title: figure.title, number: true, hint: figure.hint || MEANINGS[figure.title.toLowerCase()]}))];

/** Up to so many names keep their places. Of more, those stand first that do most now. */
const FEW_NAMES = 20;

const columnsSeen = new Set(FIGURES.filter(figure => figure.always).map(figure => figure.title));
const namesSeen = new Map();
let progressTable = null;

/** Shows how far the tasks of each name are. */
export function showProgressByName(frame) {
  const {names, totals} = frame;
  const box = byId('progress-table');
  if (progressTable === null) {
    progressTable = makeTable('Tasks by name', PROGRESS_COLUMNS);
    progressTable.className = 'by-name';
    box.append(progressTable, make('p', {class: 'none'}, 'No task was submitted yet.'));
  }
  if (isGrid(frame)) {
    columnsSeen.delete('Waiting'); // a call waits for others in its session
  }
  FIGURES.filter(figure => figure.of(totals) > 0).forEach(figure => columnsSeen.add(figure.title));
  FIGURES.forEach((figure, index) =>
    setShown(progressTable.tHead.rows[0].cells[index + 2], columnsSeen.has(figure.title)));
  keepChildren(progressTable.tBodies[0], steadyRows(names.rows), row => row.name, makeNameRow, updateNameRow);
  setShown(progressTable, names.rows.length > 0);
  setShown(box.lastChild, names.rows.length === 0);
  setNumberShown(byId('progress-shown'), names.shown, names.of, 'names');
}

function steadyRows(rows) {
  rows.filter(row => !namesSeen.has(row.name)).forEach(row => namesSeen.set(row.name, namesSeen.size));
  return rows.length > FEW_NAMES ? rows : [...rows].sort((a, b) => namesSeen.get(a.name) - namesSeen.get(b.name));
}

function makeNameRow(counts) {
  const bar = make('div', {class: 'bar', 'aria-hidden': 'true'});
  const share = make('span', {class: 'share'});
  return make('tr', {}, make('th', {scope: 'row', title: counts.name}, counts.name),
    make('td', {class: 'progress-cell'}, make('div', {class: 'bar-and-share'}, bar, share)),
    ...FIGURES.map(() => make('td', {class: 'number'})));
}

function updateNameRow(row, counts) {
  drawBar(row.querySelector('.bar'), counts);
  setText(row.querySelector('.share'), formatShare(endedOf(counts), counts.submitted));
  FIGURES.forEach((figure, index) => {
    const cell = row.cells[index + 2];
    const number = figure.of(counts);
    setText(cell, formatCount(number));
    setShown(cell, columnsSeen.has(figure.title));
    const style = number === 0 ? 'number zero' : figure.bad ? 'number bad' : 'number';
    if (cell.className !== style) {
      cell.className = style;
    }
  });
}
