// Elements of the page. Data gets into the page as text only, never as markup.

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** Finds the element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Makes an element with attributes and children; a child is an element or a text. */
export function make(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Makes an element of SVG. */
export function makeSvg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Sets the text of an element, if it differs. */
export function setText(node, text) {
  const wanted = String(text);
  if (node.textContent !== wanted) {
    node.textContent = wanted;
  }
}

/** Sets an attribute, if it differs. */
export function setAttribute(node, name, value) {
  const wanted = String(value);
  if (node.getAttribute(name) !== wanted) {
    node.setAttribute(name, wanted);
  }
}

/** Shows or hides an element. */
export function setShown(node, shown) {
  if (node.hidden === shown) {
    node.hidden = !shown;
  }
}

/** Says how many of something are shown, where something is cut. */
export function setNumberShown(node, shown, of, what) {
  setText(node, of > shown ? `${shown.toLocaleString('en')} of ${of.toLocaleString('en')} ${what} shown` : '');
}

/**
 * Makes the children of an element those of a list: one for each item, found again by its key, in the order of the list.
 * Children that stay are not moved unless they must, so that focus, selection and scrolling stay. What somebody has opened
 * is never moved: the others go around it. Children of other origin may stand before them.
 */
export function keepChildren(parent, items, keyOf, create, update) {
  const old = parent.keptChildren || new Map();
  const kept = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!kept.has(key)) {
      kept.set(key, old.get(key) || create(item));
      update(kept.get(key), item);
    }
  }
  for (const [key, child] of old) {
    if (kept.get(key) !== child) {
      child.remove();
    }
  }
  const focused = document.activeElement;
  let next = null;
  for (const child of [...kept.values()].reverse()) {
    const isThere = child.parentNode === parent;
    if (!isThere || child.nextSibling !== next && !isOpened(child)) {
      parent.insertBefore(child, next);
    }
    next = child;
  }
  if (focused !== document.activeElement && parent.contains(focused)) {
    focused.focus({preventScroll: true});
  }
  parent.keptChildren = kept;
}

/** Whether somebody has opened it: a group, or a row with its stack. */
function isOpened(child) {
  return child.matches('[open]') || child.querySelector(':scope > .stack') !== null;
}

/** Shows terms with their values; a row is [term, value], or [term, value, class of the term]. */
export function keepTerms(list, rows) {
  keepChildren(list, rows, row => row[0],
    row => make('div', row[2] ? {class: row[2]} : {}, make('dt', {}, row[0]), make('dd', {})),
    (node, row) => setText(node.lastChild, row[1]));
}

/** Makes a table with these columns, each {title, number} and maybe a hint; returns the table. */
export function makeTable(caption, columns) {
  const cells = columns.map(column => {
    const cell = make('th', {scope: 'col'}, column.title);
    if (column.number) {
      cell.className = 'number';
    }
    if (column.hint) {
      cell.title = column.hint;
    }
    return cell;
  });
  return make('table', {}, make('caption', {class: 'unseen'}, caption), make('thead', {}, make('tr', {}, ...cells)),
    make('tbody', {}));
}

/** Shows rows of texts in the body of a table; the first cell of a row is its header. */
export function keepTextRows(table, columns, rows) {
  keepChildren(table.tBodies[0], rows.map((row, index) => [index, row]), ([index]) => index,
    () => make('tr', {}, ...columns.map((column, index) => {
      const cell = index === 0 ? make('th', {scope: 'row'}) : make('td', {});
      if (column.number) {
        cell.className = 'number';
      }
      return cell;
    })),
    (node, [, row]) => row.forEach((text, index) => setText(node.cells[index], text)));
}

/** Makes the table behind a picture, which opens below it; it is filled only while it is open. */
export function makeTableBehind(title, columns, rowsNow) {
  const table = makeTable(title, columns);
  const note = make('p', {class: 'shown'});
  const summary = make('summary', {}, 'As a table');
  summary.append(make('span', {class: 'unseen'}, `: ${title}`));
  const box = make('div', {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': title}, table);
  const details = make('details', {class: 'behind'}, summary, note, box);
  const show = () => {
    if (details.open) {
      const {rows, of} = rowsNow();
      keepTextRows(table, columns, rows);
      setNumberShown(note, rows.length, of, 'rows');
    }
  };
  details.addEventListener('toggle', show);
  return {details, show};
}
