"""Runs tasks on a local Dask cluster of one worker process a core.

Reads a number of tasks from each line of the input, and answers with the seconds that they took.
"""

import os
import sys
import time

from distributed import Client, LocalCluster


def next_number(number):
    return number + 1


def seconds(client, first, count):
    start = time.perf_counter()
    futures = [
        client.submit(next_number, number, key=f"next-{number}")
        for number in range(first, first + count)
    ]
    results = client.gather(futures)
    taken = time.perf_counter() - start
    if results != list(range(first + 1, first + count + 1)):
        raise ValueError("a result is wrong")
    return taken


if __name__ == "__main__":
    with LocalCluster(
        n_workers=os.cpu_count(), threads_per_worker=1, dashboard_address=None
    ) as cluster, Client(cluster) as client:
        number = 0
        for line in sys.stdin:
            count = int(line)
            print(seconds(client, number, count), flush=True)
            number += count
