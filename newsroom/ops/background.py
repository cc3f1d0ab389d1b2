"""Tasks done in the process that asked for them, one after another, behind the answer to the person who waits."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.db import connections
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult


@cache
def worker(process: int) -> ThreadPoolExecutor:
    """Return the one thread that does the tasks of a process (its number, because a fork inherits no thread).

    A process that ends in good order finishes what was asked of it first. One that is killed leaves it undone:
    tasks are such that it can be asked for again (``manage.py renditions``).
    """
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="newsroom-tasks")


class ProcessBackend(ImmediateBackend):
    """For a paper without workers. The result that ``enqueue`` returns is filled in later, in this process only."""

    def _execute_task(self, task_result: TaskResult) -> None:
        worker(os.getpid()).submit(self.carry_out, task_result)

    def carry_out(self, task_result: TaskResult) -> None:
        """Do a task in the thread, and give back the connections to databases that it opened."""
        try:
            super()._execute_task(task_result)
        finally:
            connections.close_all()
