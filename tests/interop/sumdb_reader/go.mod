module albs.example/interop/sumdb_reader

go 1.24.0

require golang.org/x/mod v0.31.0
