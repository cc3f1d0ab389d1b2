# Two commands set everything up: make run, make test. They need Python 3.11+ and nothing else.
# HOST is not taken from the environment: shells and build tools put other things there.
HOST = 127.0.0.1
PORT ?= 8000
export HOST PORT PYTHON REQUIRE_ALL

.PHONY: help run test lint messages

help:
	@echo "make run       the paper with its demonstration on http://$(HOST):$(PORT)/   (HOST=… PORT=…)"
	@echo "make test      the whole suite, on everything that is found here"
	@echo "make lint      format and lint only"
	@echo "make messages  collect and compile translations (needs GNU gettext)"

run:
	@sh deploy/python.sh deploy/start.py

test:
	@sh deploy/python.sh deploy/suite.py

lint:
	@sh deploy/python.sh deploy/suite.py lint

messages:
	@sh deploy/python.sh deploy/suite.py messages
