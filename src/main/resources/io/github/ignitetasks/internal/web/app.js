// The page of one session or one grid: it takes a frame a second from the server, or has one from a report, and shows it.

import {byId, setShown, setText} from './dom.js';
import {formatTime} from './format.js';
import {isGrid, showOverall, showState, showTitle} from './overall.js';
import {showProgressByName} from './progress.js';
import {showFailures} from './failures.js';
import {showStream} from './stream.js';
import {showRunning} from './running.js';
import {showNodes} from './nodes.js';
import {showRates} from './rates.js';
import {showGraph} from './graph.js';
import {startLookup} from './lookup.js';

const RETRY_MILLIS = 3000;
/** Frames come once a second. After so long without one, the numbers are old. */
const SILENCE_MILLIS = 10_000;
const MAX_REFUSAL = 500;
const VIEWS = [showOverall, showProgressByName, showFailures, showRunning, showNodes, showRates];
/** These need single tasks, which the frame of a grid does not have. */
const VIEWS_OF_TASKS = {stream: showStream, graph: showGraph};

let latestFrame = null;
let shownFrame = null;
let hasEnded = false;
let isLive = false;
/** When the latest frame came: by a clock that nobody sets, and by the one that people read. */
let latestNews = {tick: 0, time: 0};

/** Shows the latest frame. Of a page that nobody can see, the title is still seen. */
function showLatest() {
  if (latestFrame === null || latestFrame === shownFrame) {
    return;
  }
  showTitle(latestFrame);
  if (document.hidden) {
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
    isLive = true;
    latestNews = {tick: performance.now(), time: Date.now()};
    showState('live');
    setShown(byId('refusal'), false);
    take(event.data);
  });
  events.addEventListener('end', event => {
    hasEnded = true;
    isLive = false;
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
    isLive = false;
    showState('lost');
    if (events.readyState === EventSource.CLOSED) { // the browser itself does not try again
      tellRefusal();
      setTimeout(listen, RETRY_MILLIS);
    }
  });
}

/** Says so when no frame has come for a while. A connection may be dead long before the browser notices. */
function tellSilence() {
  if (isLive && performance.now() - latestNews.tick >= SILENCE_MILLIS) {
    isLive = false;
    showState('silent', formatTime(latestNews.time));
  }
}

/** Shows why the server refuses the page. Only fetch can read that. */
async function tellRefusal() {
  const abort = new AbortController();
  let text = '';
  try {
    const response = await fetch('./events', {cache: 'no-store', signal: abort.signal});
    if (!response.ok) {
      // The page of a proxy is markup, which helps nobody as text.
      const isPlain = (response.headers.get('Content-Type') || '').startsWith('text/plain');
      text = isPlain ? (await response.text()).trim().slice(0, MAX_REFUSAL) : '';
      text = text || `The server answered ${response.status}.`;
    }
  } catch {
    text = ''; // nobody answers, which the state says already
  }
  abort.abort(); // the answer to a page that is let in never ends
  if (!isLive && !hasEnded) {
    if (text) {
      showState('refused');
    }
    setText(byId('refusal'), text);
    setShown(byId('refusal'), text !== '');
  }
}

function start() {
  const frozen = byId('frozen');
  startLookup(frozen === null);
  if (frozen === null) {
    listen();
    setInterval(tellSilence, 1000);
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
