# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the completion of one tool for one shell from the tool's own option tables:
#     TOOL --describe | sh generate.sh bash|zsh|fish TOOL
# Run by the build for every tool, so that what a shell offers is what the tool takes.
set -eu
shell=$1
tool=$2
exec awk -F'\t' -v shell="$shell" -v tool="$tool" -f "$(dirname "$0")/$shell.awk"
