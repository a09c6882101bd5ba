#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every digest that any list names for a file is checked. Lists that contradict each other stop with status 4, whatever
# their order, their algorithms and where the file comes from; a server with other bytes is told, and the next is asked.
. "$ALBS_SOURCE/tests/lib.sh"
. "$ALBS_SOURCE/tests/fixture/server.sh"
. "$ALBS_SOURCE/tests/fixture/distgit.sh"
make_flat "$work" sample
echo other >other
sum() { "$1sum" <"$2" | cut -d' ' -f1; }
start_server "$work" || exit 1
defer stop_server
lists() { # LINE-OF-METADATA LINE-OF-SOURCES
    echo "$1" >sample/.sample.metadata
    echo "$2" >sample/sources
    commit_all sample 'Change the lists'
    publish "$work" sample
}
serve() { # FILE: by each of its digests
    for algorithm in sha1 sha256 sha512; do
        path=files/sample/sample-1.0.tar.gz/$algorithm/$(sum $algorithm "$1")
        mkdir -p "$path"
        cp "$1" "$path/sample-1.0.tar.gz"
    done
}
serve sample-1.0.tar.gz
serve other
fetch() { expect "$1" albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url"; }
good=sample-1.0.tar.gz
lists "$(sum sha1 $good) sample-1.0.tar.gz" "SHA512 (sample-1.0.tar.gz) = $(sum sha512 $good)"
fetch 0
expect_json '.sources[0].lookaside | length == 1 and .[0].algorithm == "sha512"'
contradicts() {
    lists "$1" "$2"
    for _ in first again; do
        fetch 4
        expect_empty_stdout
        expect_stderr "$3"
    done
}
contradicts "$(sum sha1 other) sample-1.0.tar.gz" "SHA512 (sample-1.0.tar.gz) = $(sum sha512 $good)" \
    "'sample-1.0.tar.gz' is not what '.sample.metadata', line 1 says: wanted sha1:$(sum sha1 other), got $(sum sha1 $good)"
contradicts "$(sum sha1 $good) sample-1.0.tar.gz" "SHA512 (sample-1.0.tar.gz) = $(sum sha512 other)" \
    "'sample-1.0.tar.gz' is not what '.sample.metadata', line 1 says: wanted sha1:$(sum sha1 $good), got $(sum sha1 other)"
contradicts "$(sum sha512 other) sample-1.0.tar.gz" "SHA512 (sample-1.0.tar.gz) = $(sum sha512 $good)" \
    "'sample-1.0.tar.gz' has two sha512 digests: $(sum sha512 other) ('.sample.metadata', line 1) and $(sum sha512 $good) ('sources', line 1)"
# In git itself.
lists "$(sum sha1 other) sample-1.0.tar.gz" "SHA512 (sample-1.0.tar.gz) = $(sum sha512 $good)"
cp $good sample
contradicts "$(sum sha1 other) sample-1.0.tar.gz" "SHA512 (sample-1.0.tar.gz) = $(sum sha512 $good)" \
    "'sample-1.0.tar.gz' is not what '.sample.metadata', line 1 says"
rm sample/sample-1.0.tar.gz
# The first server has a login page instead.
lists "$(sum sha1 $good) sample-1.0.tar.gz" "SHA512 (sample-1.0.tar.gz) = $(sum sha512 $good)"
rm -rf .albs
mkdir -p files/page
echo '<html>' >files/page/login
expect 0 albs-fetch "$git_url/sample.git#c9" --lookaside "$files_url/page/login?{hash}" --lookaside "$files_url"
expect_stderr "warning: sample-1.0.tar.gz: .*login.* is not what its digest says"
