// Places the nodes of a graph in layers, so that edges go from one layer to a later one.

const SWEEPS = 6;

/**
 * Lays a graph out. Nodes are numbers below count; an edge is [from, to]. The answer has for each node its layer and its
 * place across the layer, for each edge the places that it passes and whether it goes back, and the number of layers
 * and their width.
 */
export function layOut(count, edges) {
  const forward = withoutCycles(count, edges.filter(([from, to]) => from !== to));
  const layerOf = longestPaths(count, forward);
  const layers = [];
  const place = (item, layer) => (layers[layer] = layers[layer] || []).push(item);
  const items = Array.from({length: count}, (_, node) => ({node, layer: layerOf[node], before: [], after: []}));
  items.forEach(item => place(item, item.layer));
  const routes = forward.map(([from, to, isBack]) => {
    const route = [items[from]];
    for (let layer = layerOf[from] + 1; layer < layerOf[to]; layer++) {
      const bend = {node: null, layer, before: [], after: []};
      place(bend, layer);
      route.push(bend);
    }
    route.push(items[to]);
    route.slice(1).forEach((item, index) => {
      item.before.push(route[index]);
      route[index].after.push(item);
    });
    return {route, isBack};
  });
  orderLayers(layers);
  const width = spread(layers);
  return {items, layers: layers.length, width,
    routes: routes.map(({route, isBack}) => ({isBack, places: route.map(({layer, across}) => ({layer, across}))}))};
}

/** Turns around the edges that close a cycle. */
function withoutCycles(count, edges) {
  const targets = Array.from({length: count}, () => []);
  edges.forEach(([from, to], index) => targets[from].push([to, index]));
  const state = new Uint8Array(count);
  const back = new Set();
  for (let root = 0; root < count; root++) {
    const stack = state[root] === 0 ? [[root, 0]] : [];
    state[root] = state[root] || 1;
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      const next = targets[top[0]][top[1]++];
      if (next === undefined) {
        state[top[0]] = 2;
        stack.pop();
      } else if (state[next[0]] === 0) {
        state[next[0]] = 1;
        stack.push([next[0], 0]);
      } else if (state[next[0]] === 1) {
        back.add(next[1]);
      }
    }
  }
  return edges.map(([from, to], index) => back.has(index) ? [to, from, true] : [from, to, false]);
}

function longestPaths(count, edges) {
  const layerOf = new Array(count).fill(0);
  const open = new Array(count).fill(0);
  const targets = Array.from({length: count}, () => []);
  edges.forEach(([from, to]) => {
    targets[from].push(to);
    open[to]++;
  });
  const ready = open.flatMap((number, node) => number === 0 ? [node] : []);
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const target of targets[node]) {
      layerOf[target] = Math.max(layerOf[target], layerOf[node] + 1);
      if (--open[target] === 0) {
        ready.push(target);
      }
    }
  }
  return layerOf;
}

/** Brings neighbours near each other: each goes to the mean place of those that it is joined with. */
function orderLayers(layers) {
  layers.forEach(layer => layer.forEach((item, index) => {
    item.order = index;
  }));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDown = sweep % 2 === 0;
    (isDown ? layers : [...layers].reverse()).forEach(layer => {
      layer.forEach(item => {
        const joined = isDown ? item.before : item.after;
        item.mean = joined.length === 0 ? item.order : joined.reduce((sum, other) => sum + other.order, 0) / joined.length;
      });
      layer.sort((a, b) => a.mean - b.mean || a.order - b.order);
      layer.forEach((item, index) => {
        item.order = index;
      });
    });
  }
}

/** Gives each item its place across, with each layer in the middle; a bend needs half a place. */
function spread(layers) {
  const sizeOf = item => item.node === null ? 0.5 : 1;
  const widths = layers.map(layer => layer.reduce((sum, item) => sum + sizeOf(item), 0));
  const width = Math.max(1, ...widths);
  layers.forEach((layer, index) => {
    let across = (width - widths[index]) / 2;
    layer.forEach(item => {
      item.across = across + sizeOf(item) / 2;
      across += sizeOf(item);
    });
  });
  return width;
}
