// Looks up one key, or the stack of a running task, at the server.

import {byId, make, setShown, setText} from './dom.js';
import {formatDuration, formatMoment, formatPhase} from './format.js';

const STATUS_TEXTS = {
  UNKNOWN: 'unknown: it was not submitted, has not reached a node yet, or was forgotten',
  RUNNING: 'waits or runs',
  COMPLETED: 'ended with a result',
  NOT_COMPLETED: 'ended without a result',
};
let serverAnswers = true;
let lastQuestion = 0;

/** Prepares the form; a report has no server to ask. */
export function startLookup(answers) {
  serverAnswers = answers;
  setShown(byId('lookup'), answers);
  byId('lookup-form').addEventListener('submit', event => {
    event.preventDefault();
    askForTask(byId('lookup-key').value.trim());
  });
}

/** Whether there is a server to ask. */
export function canLookUp() {
  return serverAnswers;
}

/** Puts a key into the form, and asks for it. */
export function lookUp(key) {
  byId('lookup-key').value = key;
  byId('lookup').scrollIntoView({block: 'nearest'});
  // From here the focus goes on to the answer. In the input it would open the keyboard of a telephone.
  byId('lookup-form').querySelector('button').focus({preventScroll: true});
  askForTask(key);
}

/** Asks the server; the answer is JSON. */
export async function fetchAnswer(path, key) {
  const response = await fetch(`./${path}?key=${encodeURIComponent(key)}`, {cache: 'no-store'});
  const isJson = (response.headers.get('Content-Type') || '').startsWith('application/json');
  const answer = isJson ? await response.json() : {};
  if (!response.ok) {
    throw new Error(answer.error || `the server answered ${response.status}`);
  }
  return answer;
}

async function askForTask(key) {
  if (key === '') {
    return;
  }
  const question = ++lastQuestion;
  const box = byId('lookup-result');
  setShown(box, false); // or else it looks like the answer to this key
  setText(byId('lookup-status'), 'Asking\u2026');
  let answer;
  try {
    answer = describeTask(await fetchAnswer('task', key));
  } catch (error) {
    answer = [make('p', {}, `There is no answer: ${error.message}.`)];
  }
  if (question === lastQuestion) {
    setText(byId('lookup-status'), '');
    box.replaceChildren(make('h3', {}, key), ...answer);
    setShown(box, true);
    if (byId('lookup-form').contains(document.activeElement)) { // or else somebody has gone on to other things
      box.focus({preventScroll: true});
      box.scrollIntoView({block: 'nearest'});
    }
  }
}

function describeTask(task) {
  const rows = [['Status', STATUS_TEXTS[task.status] || task.status]];
  const parts = [];
  const state = task.state;
  if (task.phase) {
    rows.push(['What it does', formatPhase(task.phase, task.waitsFor)]);
  }
  if (!state && task.node) {
    rows.push(['Node', task.node]);
  }
  if (!state && task.attempt > 0) {
    rows.push(['Attempt', task.attempt]);
  }
  if (state) {
    rows.push(['State', state.type], ['Node', state.node || 'none'], ['Attempt', state.attempt]);
    if (state.start > 0) {
      rows.push(['Started', formatMoment(state.start, Date.now())]);
    }
    if (state.end > 0) {
      rows.push(['Ended', formatMoment(state.end, Date.now())]);
    }
    if (state.start > 0 && state.end > 0) {
      rows.push(['Run time', formatDuration(Math.max(0, state.end - state.start))]);
    }
    rows.push(['Found, not run', state.cached ? 'yes' : 'no']);
    if (state.failure) {
      rows.push(['Exception', state.failure.type], ['Message', state.failure.message || 'none']);
      parts.push(make('pre', {tabindex: '0', role: 'region', 'aria-label': 'Stack'}, state.failure.stack || 'No stack'));
    }
  }
  const list = make('dl', {class: 'facts'},
    ...rows.map(([term, value]) => make('div', {}, make('dt', {}, term), make('dd', {}, String(value)))));
  return [list, ...parts];
}
