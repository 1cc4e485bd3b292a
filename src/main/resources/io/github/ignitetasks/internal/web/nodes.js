// The nodes: what each does, and when it last told.

import {byId, make, setAttribute, setNumberShown, setShown, setText, keepChildren, makeTable} from './dom.js';
import {formatBytes, formatCount, formatDuration, formatShare} from './format.js';

const NODE_COLUMNS = [{title: 'Node'}, {title: 'Slots in use'},
  {title: 'In flight', number: true, hint: 'So many tasks were sent to the node and have not ended.'},
  {title: 'Heap'}, {title: 'CPU', number: true}, {title: 'Records', number: true},
  {title: 'Memory', number: true, hint: 'The memory of the node that holds records.'}, {title: 'Last seen', number: true}];
let nodeTable = null;

/** Shows the nodes; one that was lost stays, marked. */
export function showNodes(frame) {
  const {nodes, session} = frame;
  const box = byId('nodes-table');
  if (nodeTable === null) {
    nodeTable = makeTable('Nodes', NODE_COLUMNS);
    box.append(nodeTable, make('p', {class: 'none'}, 'No node has told about itself yet.'));
  }
  keepChildren(nodeTable.tBodies[0], nodes.rows, row => row.name, makeNode, (node, row) => updateNode(node, row, session));
  setShown(nodeTable, nodes.rows.length > 0);
  setShown(box.lastChild, nodes.rows.length === 0);
  setNumberShown(byId('nodes-shown'), nodes.shown, nodes.of, 'nodes');
}

function makeNode(row) {
  const name = make('th', {scope: 'row', title: row.name}, make('strong', {class: 'lost-mark', hidden: ''},
    '\u2715 lost'), make('span', {}, row.name));
  const meter = () => make('td', {}, make('div', {class: 'bar small', 'aria-hidden': 'true'},
    make('span', {class: 'segment plain'}), make('span', {class: 'segment rest'})), make('span', {class: 'meter-text'}));
  const number = () => make('td', {class: 'number'});
  return make('tr', {}, name, meter(), number(), meter(), number(), number(), number(), number());
}

function updateNode(node, row, session) {
  const cells = node.cells;
  setAttribute(node, 'class', row.lost ? 'lost' : '');
  setShown(cells[0].firstChild, row.lost);
  const used = Math.max(0, row.slots - row.free);
  updateMeter(cells[1], used, row.slots, `${formatCount(used)} of ${formatCount(row.slots)}`);
  setText(cells[2], formatCount(row.inFlight));
  updateMeter(cells[3], row.heapUsed, row.heapMax, row.heapMax > 0
    ? `${formatBytes(row.heapUsed)} of ${formatBytes(row.heapMax)}` : '\u2013');
  setText(cells[4], row.cpu < 0 ? '\u2013' : formatShare(Math.round(row.cpu * 100), 100));
  setText(cells[5], row.records < 0 ? '\u2013' : formatCount(row.records));
  setText(cells[6], row.memoryUsed < 0 ? '\u2013' : formatBytes(row.memoryUsed));
  const age = Math.max(0, session.now - row.seen);
  setText(cells[7], age < 3000 ? 'now' : `${formatDuration(Math.floor(age / 1000) * 1000).replace('.0 s', ' s')} ago`);
}

function updateMeter(cell, part, whole, text) {
  const [bar, label] = cell.children;
  setShown(bar, whole > 0);
  bar.firstChild.style.flexGrow = Math.min(part, whole);
  bar.lastChild.style.flexGrow = Math.max(0, whole - part);
  setText(label, text);
}
