#!/bin/sh
# What the best tools for each part of the work do in turn: pipeline.sh HUGO MODULES, in a folder of peers.py
set -e
here=$(dirname "$0")
"$1" --quiet
node "$here/validate.mjs" checked schema.json "$2"
"$2/.bin/pagefind" --silent --site site
