"""Runs tasks on a Dask cluster of this machine.

The arguments are the number of worker processes, and of the threads of each. Each line of the input is a question: its
name, and its arguments. The answer is a line with the seconds that the work took, or with the reason why it failed.
"""

import functools
import itertools
import json
import multiprocessing
import operator
import sys
import time

import dask_tasks
from distributed import Client, LocalCluster

numbers = itertools.count()


def next_numbers(client, count):
    """Runs small tasks, all submitted at once."""
    first = next(numbers)
    start = time.perf_counter()
    futures = [
        client.submit(dask_tasks.next_number, number, key=f"next-{first}-{number}")
        for number in range(int(count))
    ]
    results = client.gather(futures)
    taken = time.perf_counter() - start
    if results != list(range(1, int(count) + 1)):
        raise ValueError("a result is wrong")
    return taken


def graph(client, iterations, upstreams):
    """Runs a graph of busy tasks. For each step and point, upstreams has the points of the step before."""
    steps = json.loads(upstreams)
    start = time.perf_counter()
    futures = []
    before = []
    for step, points in enumerate(steps):
        before = [
            client.submit(
                dask_tasks.run_point,
                step,
                point,
                int(iterations),
                needed,
                [before[each] for each in needed],
                pure=False,
            )
            for point, needed in enumerate(points)
        ]
        futures += before
    client.gather(futures)
    return time.perf_counter() - start


@functools.lru_cache
def plain_processes(count):
    return multiprocessing.get_context("spawn").Pool(count)


def spin(client, processes, iterations):
    """Does busy work without Dask, in plain processes."""
    count = int(processes)
    each = [(seed, int(iterations) // count) for seed in range(count)]
    pool = plain_processes(count)
    start = time.perf_counter()
    pool.starmap(dask_tasks.spin, each, chunksize=1)
    return time.perf_counter() - start


def submit_all(client, form, function, *columns):
    """Submits a task for each row of the columns, which are its arguments."""
    if form == "map":
        return client.map(function, *columns, pure=False)
    return [client.submit(function, *row, pure=False) for row in zip(*columns)]


def merge(client, form, count, seconds):
    """Runs tasks without upstreams, and one that adds their results."""
    numbers = range(int(count))
    start = time.perf_counter()
    if float(seconds) == 0:
        futures = submit_all(client, form, dask_tasks.next_number, numbers)
    else:
        slow = [float(seconds)] * len(numbers)
        futures = submit_all(
            client, form, dask_tasks.next_number_slowly, numbers, slow
        )
    result = client.submit(sum, futures, pure=False).result()
    taken = time.perf_counter() - start
    check_sum(result, sum(numbers) + len(numbers))
    return taken


def tree(client, form, leaves):
    """Adds the numbers below leaves, each task two neighbours."""
    level = range(int(leaves))
    start = time.perf_counter()
    while len(level) > 1:
        level = submit_all(client, form, operator.add, level[::2], level[1::2])
    result = level[0].result()
    taken = time.perf_counter() - start
    check_sum(result, sum(range(int(leaves))))
    return taken


def check_sum(result, right):
    if result != right:
        raise ValueError(f"the sum should be {right}, but is {result}")


QUESTIONS = {
    "next_numbers": next_numbers,
    "graph": graph,
    "spin": spin,
    "merge": merge,
    "tree": tree,
}


def answer(client, name, *arguments):
    try:
        return QUESTIONS[name](client, *arguments)
    except Exception as e:
        return f"failed: {e!r}".replace("\n", " ")


def settle(client):
    """Returns once the scheduler has heard that the results so far are not needed any more."""
    client.submit(dask_tasks.next_number, 0, pure=False).result()


def main(workers, threads):
    with LocalCluster(
        n_workers=workers, threads_per_worker=threads, dashboard_address=None
    ) as cluster, Client(cluster) as client:
        for line in sys.stdin:
            answered = answer(client, *line.split())
            settle(client)
            print(answered, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
