#!/bin/sh
# Runs a program with the first Python that is new enough: sh deploy/python.sh PROGRAM [ARGUMENT …]
# PYTHON names another one to try first.
for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$name" "$@"
    fi
done
found=$(python3 -V 2>/dev/null || echo "no python3")
echo "Python 3.11 or newer is needed and was not found here (there is $found); install it, or name it: make run PYTHON=/path/to/python3.12" >&2
exit 1
