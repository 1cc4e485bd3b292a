// The flow: which tasks need which, by name, or task by task while there are few.

import {byId, make, makeSvg, setAttribute, setNumberShown, setShown, setText, makeTableBehind} from './dom.js';
import {formatCount, formatNumberOf, formatShare} from './format.js';
import {cutToWidth} from './palette.js';
import {layOut} from './layout.js';

const GRAPH_COLUMNS = [{title: 'Task'}, {title: 'Tasks', number: true}, {title: 'Ended', number: true},
  {title: 'Failed', number: true}, {title: 'Needs'}];
const TASK_COLUMNS = [{title: 'Key'}, {title: 'Task'}, {title: 'State'}, {title: 'Needs'}];
/** Tasks that were called off, or could not start, have not failed themselves. */
const FAILED_STATES = new Set(['FAILED', 'CRASHED']);
const STATE_MARKS = {COMPLETED: '\u2713', FAILED: '\u25B2', CRASHED: '\u25B2', CANCELLED: '\u2013', NOT_READY: '\u2013',
  running: '\u25B6', retrying: '\u21BA', queued: '\u25CB', waiting: '\u2026'};
const BOX = {width: 172, height: 46};
const TASK_BOX = {width: 148, height: 30};
const NARROW = 600;
const LAYOUT_MILLIS = 3000; // a wide flow takes long to lay out, and may change with each frame
const graphParts = {};
let graphData = null;
let showsTasks = false;
let drawnShape = '';
let drawnKind = '';
let drawnAt = 0;
let nextDraw = null;
let drawnBoxes = new Map();
let drawnEdges = new Map();

/** Shows the flow. */
export function showGraph(frame) {
  if (!graphParts.box) {
    buildGraph();
  }
  graphData = frame.graph;
  const {byName, tasks, tasksOf} = graphData;
  showChoice(Boolean(tasks && tasks.edges.length > 0));
  setShown(graphParts.tooMany, Boolean(!tasks && tasksOf && byName.edges.length > 0));
  setText(graphParts.tooMany, 'Single tasks are shown up to 300 tasks and 2,000 edges.'
    + ` This session has ${formatNumberOf(tasksOf || 0, 'task')}.`);
  drawGraph();
  showTables();
}

/** Shows the box to choose single tasks. If there are too many of them, it goes, even while it is checked or has the focus. */
function showChoice(isPossible) {
  const {choice, input, box} = graphParts;
  const hadFocus = document.activeElement === input;
  setShown(choice, isPossible);
  if (!isPossible) {
    showsTasks = false;
    input.checked = false;
    if (hadFocus) {
      box.focus({preventScroll: true});
    }
  }
}

/** The tables of names and of tasks have other columns; an open one is followed by an open one. */
function showTables() {
  const {isTasks, nodes} = graphNow();
  const [now, other] = isTasks ? [graphParts.taskTable, graphParts.table] : [graphParts.table, graphParts.taskTable];
  if (!other.details.hidden) {
    now.details.open = other.details.open;
  }
  setShown(other.details, false);
  setShown(now.details, nodes.length > 0);
  now.show();
}

function buildGraph() {
  const input = make('input', {type: 'checkbox', id: 'graph-tasks'});
  const choice = make('p', {class: 'choice'}, input, make('label', {for: 'graph-tasks'}, 'Show single tasks'));
  const tooMany = make('p', {class: 'hint', hidden: ''});
  const box = make('div', {class: 'scroll graph-box', role: 'region', tabindex: '0', 'aria-label': 'Picture of the flow'});
  const none = make('p', {class: 'none'}, 'No task needs the result of another one: there is no flow to draw.');
  const alone = make('p', {class: 'hint'});
  Object.assign(graphParts, {choice, tooMany, box, none, alone, input,
    table: makeTableBehind('Tasks and what they need', GRAPH_COLUMNS, namesAsRows),
    taskTable: makeTableBehind('Single tasks and what they need', TASK_COLUMNS, tasksAsRows)});
  setShown(graphParts.taskTable.details, false);
  byId('graph-view').append(choice, tooMany, none, box, alone, graphParts.table.details, graphParts.taskTable.details);
  input.addEventListener('change', () => {
    showsTasks = input.checked;
    drawGraph();
    showTables();
  });
  new ResizeObserver(() => graphData && drawGraph()).observe(byId('graph-view'));
}

/** The nodes and the edges to draw, whether names or tasks. */
function graphNow() {
  if (showsTasks && graphData.tasks && graphData.tasks.edges.length > 0) {
    return {isTasks: true, edges: graphData.tasks.edges, nodes: graphData.tasks.nodes.map(task => {
      const isEnded = /^[A-Z]/.test(task.state);
      const stateText = task.state.toLowerCase().replace('_', ' ');
      return {id: task.key, label: task.key, hint: `${task.key}, ${task.name}: ${stateText}`, tasks: 1, name: task.name,
        ended: isEnded ? 1 : 0, failed: FAILED_STATES.has(task.state) ? 1 : 0, state: task.state, stateText, itself: 0};
    })};
  }
  const itself = new Map(graphData.byName.edges.filter(([from, to]) => from === to).map(([from, , count]) => [from, count]));
  return {isTasks: false, edges: graphData.byName.edges, nodes: graphData.byName.nodes.map((node, index) => ({...node,
    id: node.name, label: node.name, itself: itself.get(index) || 0, hint: `${node.name}: ${formatCount(node.ended)} of ${formatCount(node.tasks)} ended,`
      + ` ${formatCount(node.failed)} failed`}))};
}

function drawGraph() {
  const graph = graphNow();
  const joined = new Set(graph.edges.flatMap(([from, to]) => [from, to]));
  // In an order of their own, as that of the frame changes with every count.
  const nodes = graph.nodes.map((node, index) => ({...node, index})).filter(node => joined.has(node.index))
    .sort((a, b) => a.id < b.id ? -1 : 1);
  const numberOf = new Map(nodes.map((node, number) => [node.index, number]));
  const edges = graph.edges.filter(([from, to]) => from !== to)
    .map(([from, to, count]) => ({from: numberOf.get(from), to: numberOf.get(to), count: count || 1}))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  setShown(graphParts.none, nodes.length === 0);
  setShown(graphParts.box, nodes.length > 0);
  showAlone(graph, joined);
  const {edges: shown, edgesOf} = graphData.byName;
  setNumberShown(byId('graph-shown'), shown.length, graph.isTasks ? 0 : edgesOf || 0, 'edges');
  if (nodes.length === 0) {
    return;
  }
  const isNarrow = byId('graph-view').clientWidth < NARROW;
  const kind = JSON.stringify([graph.isTasks, isNarrow]);
  const shape = JSON.stringify([nodes.map(node => [node.id, node.itself > 0]), edges.map(({from, to}) => [from, to])]);
  const wait = kind === drawnKind ? drawnAt + LAYOUT_MILLIS - performance.now() : 0;
  clearTimeout(nextDraw);
  if (kind === drawnKind && shape === drawnShape) {
    // as it is drawn
  } else if (wait <= 0) {
    const {scrollLeft, scrollTop} = graphParts.box;
    const begin = drawShape(graph.isTasks, nodes, edges, isNarrow);
    // Who has scrolled in a flow stays there while it grows.
    graphParts.box.scrollTo(...kind === drawnKind ? [scrollLeft, scrollTop] : begin);
    [drawnKind, drawnShape] = [kind, shape];
    drawnAt = performance.now();
  } else {
    nextDraw = setTimeout(drawGraph, wait);
  }
  // Until the next layout, what it lacks has no box and no edge yet.
  edges.forEach(edge => drawnEdges.has(edgeKey(edge, nodes)) && updateEdge(drawnEdges.get(edgeKey(edge, nodes)), edge, nodes));
  nodes.forEach(node => drawnBoxes.has(node.id) && updateBox(drawnBoxes.get(node.id), node, graph.isTasks));
}

function edgeKey({from, to}, nodes) {
  return JSON.stringify([nodes[from].id, nodes[to].id]);
}

function showAlone(graph, joined) {
  const alone = graph.nodes.filter((_, index) => !joined.has(index));
  const shown = alone.slice(0, 12).map(node => node.label).join(', ');
  const more = alone.length > 12 ? ` and ${formatCount(alone.length - 12)} more` : '';
  setShown(graphParts.alone, alone.length > 0 && joined.size > 0);
  setText(graphParts.alone, `Need nothing, and nothing needs them: ${shown}${more}`);
}

/** Draws the flow anew; returns where to scroll to see where it begins. */
function drawShape(isTasks, nodes, edges, isNarrow) {
  const size = isTasks ? TASK_BOX : BOX;
  const layout = layOut(nodes.length, edges.map(({from, to}) => [from, to]));
  const step = isNarrow ? {along: size.height + 44, across: size.width + 14}
    : {along: size.width + 64, across: size.height + 16};
  const place = ({layer, across}) => isNarrow
    ? [across * step.across, layer * step.along + size.height / 2 + 8]
    : [layer * step.along + size.width / 2 + 8, across * step.across];
  const along = (layout.layers - 1) * step.along + (isNarrow ? size.height : size.width) + 16;
  const [width, height] = isNarrow ? [layout.width * step.across, along] : [along, layout.width * step.across + 8];
  const svg = makeSvg('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img',
    'aria-label': `${formatNumberOf(nodes.length, isTasks ? 'task' : 'name')} and what they need`},
    makeSvg('defs', {}, makeSvg('marker', {id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8,
      markerUnits: 'userSpaceOnUse', orient: 'auto-start-reverse'}, makeSvg('path', {d: 'M0 0 L8 4 L0 8 Z', class: 'arrow'}))));
  drawnEdges = new Map(layout.routes.map(({places, isBack}, index) =>
    [edgeKey(edges[index], nodes), makeEdge(places.map(place), isBack, size, isNarrow)]));
  svg.append(...drawnEdges.values());
  drawnBoxes = new Map();
  layout.items.forEach(item => {
    const node = nodes[item.node];
    const box = makeBox(node, place(item), size, isTasks);
    svg.append(box);
    drawnBoxes.set(node.id, box);
  });
  graphParts.box.replaceChildren(svg);
  const [first] = layout.items.filter(item => item.layer === 0);
  const [x, y] = place(first);
  return isNarrow ? [x - graphParts.box.clientWidth / 2, 0] : [0, y - graphParts.box.clientHeight / 2];
}

function makeEdge(points, isBack, size, isNarrow) {
  const half = isNarrow ? [0, size.height / 2] : [size.width / 2, 0];
  const ends = points.map(([x, y], index) => index === 0 ? [x + half[0], y + half[1]]
    : index === points.length - 1 ? [x - half[0], y - half[1]] : [x, y]);
  const parts = ends.slice(1).map(([x, y], index) => {
    const [fromX, fromY] = ends[index];
    return isNarrow
      ? `C${fromX} ${(fromY + y) / 2} ${x} ${(fromY + y) / 2} ${x} ${y}`
      : `C${(fromX + x) / 2} ${fromY} ${(fromX + x) / 2} ${y} ${x} ${y}`;
  });
  return makeSvg('path', {class: 'edge', d: `M${ends[0].join(' ')}${parts.join('')}`,
    [isBack ? 'marker-start' : 'marker-end']: 'url(#arrow)'}, makeSvg('title', {}));
}

function updateEdge(path, edge, nodes) {
  setAttribute(path, 'stroke-width', Math.min(4, 1 + Math.log10(edge.count) * 0.6).toFixed(2));
  setText(path.firstChild, `${nodes[edge.to].label} needs ${nodes[edge.from].label}, ${formatNumberOf(edge.count, 'time')}`);
}

function makeBox(node, [x, y], size, isTask) {
  const left = x - size.width / 2;
  const top = y - size.height / 2;
  const context = document.createElement('canvas').getContext('2d');
  context.font = `600 13px ${getComputedStyle(document.documentElement).fontFamily}`;
  const label = cutToWidth(context, node.label, size.width - (isTask || node.itself > 0 ? 36 : 20));
  const group = makeSvg('g', {class: 'graph-node'}, makeSvg('title', {}),
    makeSvg('rect', {class: 'graph-rect', x: left, y: top, width: size.width, height: size.height, rx: 5}),
    makeSvg('text', {class: 'graph-name', x: left + 10, y: top + 18}, label),
    makeSvg('text', {class: 'graph-count', x: left + size.width - 10, y: top + (isTask ? 19 : 34), 'text-anchor': 'end'}));
  if (!isTask) {
    group.append(makeSvg('text', {class: 'graph-share', x: left + 10, y: top + 34}),
      makeSvg('rect', {class: 'graph-rest', x: left + 1, y: top + size.height - 5, width: size.width - 2, height: 4}),
      makeSvg('rect', {class: 'graph-done', x: left + 1, y: top + size.height - 5, width: 0, height: 4}));
  }
  if (node.itself > 0) {
    group.append(makeSvg('text', {class: 'graph-itself', x: left + size.width - 10, y: top + 18, 'text-anchor': 'end'},
      makeSvg('title', {}), '\u21BB'));
  }
  return group;
}

function updateBox(box, node, isTask) {
  const [title, , , count, share, rest, done, itself] = box.children;
  setText(title, node.hint);
  setAttribute(box, 'class', `graph-node${node.failed > 0 ? ' bad' : ''}`
    + (isTask ? ` ${node.stateText.replace(' ', '-')}` : ''));
  if (isTask) {
    setText(count, STATE_MARKS[node.state] || '');
    return;
  }
  if (itself) {
    setText(itself.firstChild, `Tasks of this name need others of it, ${formatNumberOf(node.itself, 'time')}`);
  }
  setText(share, `${formatCount(node.ended)} of ${formatCount(node.tasks)}`);
  setText(count, node.failed > 0 ? `\u25B2 ${formatCount(node.failed)}` : formatShare(node.ended, node.tasks));
  const whole = Number(rest.getAttribute('width'));
  setAttribute(done, 'width', node.tasks === 0 ? 0 : (whole * node.ended / node.tasks).toFixed(1));
}

/** What each node needs; a number tells how often. */
function needsOf({nodes, edges}) {
  const needs = nodes.map(() => []);
  edges.forEach(([from, to, count]) => {
    const label = from === to ? 'itself' : nodes[from].label;
    needs[to].push(count > 1 ? `${label} (${formatCount(count)})` : label);
  });
  return needs.map(labels => labels.join(', ') || 'nothing');
}

function namesAsRows() {
  const graph = graphNow();
  const needs = needsOf(graph);
  const rows = graph.nodes.map((node, index) => [node.label, formatCount(node.tasks), formatCount(node.ended),
    formatCount(node.failed), needs[index]]);
  return {rows, of: rows.length};
}

function tasksAsRows() {
  const graph = graphNow();
  const needs = needsOf(graph);
  const rows = graph.nodes.map((node, index) => [node.label, node.name, node.stateText, needs[index]]);
  return {rows, of: rows.length};
}
