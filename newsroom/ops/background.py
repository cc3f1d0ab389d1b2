"""Tasks done in the process that asked for them, one after another, behind the answer to the person who waits."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.db import OperationalError, connections
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult, TaskResultStatus

# Seconds until a task is done again for which the database was busy.
PAUSES = (1, 5, 15, 60)


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
        """Do a task in the thread, again where the database was busy; give back the connections that it opened.

        SQLite lets one writer in at a time, and somebody may hold it for longer than a task waits.
        """
        for pause in PAUSES:
            super()._execute_task(task_result)
            connections.close_all()
            failed_busy = [error for error in task_result.errors if error.exception_class is OperationalError]
            if task_result.status != TaskResultStatus.FAILED or not failed_busy:
                return
            task_result.errors.clear()
            time.sleep(pause)
