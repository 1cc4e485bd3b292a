"""The tasks that Dask's workers run. Workers import this module, so a task carries only the name of its function."""

import time


def next_number(number):
    return number + 1


def next_number_slowly(number, seconds):
    time.sleep(seconds)
    return number + 1


def spin(seed, iterations):
    """Returns 0, after a number of iterations of integer arithmetic. Looks at no clock."""
    number = seed
    for _ in range(iterations):
        number = (number * 1103515245 + 12345) & 0x7FFFFFFF
    return number >> 31  # 31 bits are left


def point_result(step, point):
    return (step << 32) + point


def run_point(step, point, iterations, upstreams, inputs):
    """Runs a task of a graph: checks the results of its upstreams in the step before, and keeps its core busy."""
    if inputs != [point_result(step - 1, upstream) for upstream in upstreams]:
        raise ValueError(f"task {point} of step {step} got a wrong input")
    return point_result(step, point) + spin(point, iterations)
