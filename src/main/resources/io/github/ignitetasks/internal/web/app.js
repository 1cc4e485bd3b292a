// The page of one session or one grid: it takes a frame a second from the server, or has one from a report, and shows it.

import {byId, setShown, setText} from './dom.js';
import {formatTime} from './format.js';
import {isGrid, showOverall, showState} from './overall.js';
import {showProgressByName} from './progress.js';
import {showFailures} from './failures.js';
import {showStream} from './stream.js';
import {showRunning} from './running.js';
import {showNodes} from './nodes.js';
import {showRates} from './rates.js';
import {showGraph} from './graph.js';
import {startLookup} from './lookup.js';

const RETRY_MILLIS = 3000;
const VIEWS = [showOverall, showProgressByName, showFailures, showRunning, showNodes, showRates];
/** These need single tasks, which the frame of a grid does not have. */
const VIEWS_OF_TASKS = {stream: showStream, graph: showGraph};

let latestFrame = null;
let shownFrame = null;
let hasEnded = false;

/** Shows the latest frame, unless nobody can see it. */
function showLatest() {
  if (document.hidden || latestFrame === null || latestFrame === shownFrame) {
    return;
  }
  shownFrame = latestFrame;
  const start = performance.now();
  VIEWS.forEach(view => view(latestFrame));
  for (const [part, view] of Object.entries(VIEWS_OF_TASKS)) {
    setShown(byId(part), Boolean(latestFrame[part]));
    if (latestFrame[part]) {
      view(latestFrame);
    }
  }
  // Tests and people who look for the cost of the page read these two.
  document.documentElement.dataset.frames = Number(document.documentElement.dataset.frames || 0) + 1;
  document.documentElement.dataset.frameMillis = (performance.now() - start).toFixed(1);
}

/** Draws all again, with other colours or another size. */
function showAgain() {
  shownFrame = null;
  showLatest();
}

function take(text) {
  latestFrame = JSON.parse(text);
  showLatest();
}

function listen() {
  const events = new EventSource('./events');
  events.addEventListener('frame', event => {
    showState('live');
    take(event.data);
  });
  events.addEventListener('end', event => {
    hasEnded = true;
    events.close();
    showState(latestFrame && isGrid(latestFrame) ? 'node-ended' : 'ended');
    if (event.data) {
      take(event.data);
    }
  });
  events.addEventListener('error', () => {
    if (hasEnded) {
      return;
    }
    showState('lost');
    if (events.readyState === EventSource.CLOSED) { // the browser itself does not try again
      setTimeout(listen, RETRY_MILLIS);
    }
  });
}

function start() {
  const frozen = byId('frozen');
  startLookup(frozen === null);
  if (frozen === null) {
    listen();
  } else {
    showState('report');
    take(frozen.textContent);
    const {session} = latestFrame;
    setText(byId('frozen-note'), `This report shows the session as it was at ${formatTime(session.ended || session.now)}`
      + ` on ${new Date(session.ended || session.now).toLocaleDateString('en', {dateStyle: 'long'})}.`
      + ' It does not change any more.');
    setShown(byId('frozen-note'), true);
  }
  document.addEventListener('visibilitychange', showLatest);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showAgain);
}

start();
