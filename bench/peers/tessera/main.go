// SPDX-License-Identifier: GPL-3.0-or-later

// bench-tessera DIR N: what bench-ledger measures, on Tessera's POSIX driver: lines of NAME and a rate in 1/s.
// An add counts when its future resolves: entries, tiles and tree state are fsynced. A checkpoint that covers it
// follows, at most every 100 ms, which is the least that the driver allows; published waits for it, as ours always does.
package main

import (
	"context"
	"crypto/rand"
	"log"
	"runtime"
	"time"

	"measure"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

const origin = "bench.example.org"

type writer struct {
	dir  string
	key  note.Signer
	size int
}

// batches adds count batches, each waiting for the one before.
func (w *writer) batches(name string, batch, count int, how measure.Signing, published bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	driver := measure.Need(posix.New(ctx, posix.Config{Path: w.dir}))
	options := tessera.NewAppendOptions().WithCheckpointSigner(w.key).WithBatching(uint(batch), 10*time.Millisecond).
		WithCheckpointInterval(100 * time.Millisecond).WithPushback(uint(2 * batch))
	appender, shutdown, reader, err := tessera.NewAppender(ctx, driver, options)
	measure.Must(err)
	await := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, time.Millisecond)
	start := time.Now()
	for range count {
		futures := make([]tessera.IndexFuture, 0, batch)
		records := make([][]byte, 0, batch)
		for range batch {
			records = append(records, measure.Record(w.size))
			w.size++
		}
		measure.Sign(records, how)
		for _, record := range records {
			futures = append(futures, appender.Add(ctx, tessera.NewEntry(record)))
		}
		for _, future := range futures {
			measure.Need(future())
		}
		if published {
			_, _, err := await.Await(ctx, futures[len(futures)-1])
			measure.Must(err)
		}
	}
	measure.Rate(name, start, batch*count)
	measure.Must(shutdown(ctx))
}

func read(dir string, first, size uint64, verifier note.Verifier) {
	ctx := context.Background()
	files := client.FileFetcher{Root: dir}
	checkpoint, _, _, err := client.FetchCheckpoint(ctx, files.ReadCheckpoint, verifier, origin)
	measure.Must(err)
	if checkpoint.Size != size {
		log.Fatalf("a checkpoint of %d entries, not %d", checkpoint.Size, size)
	}
	builder := measure.Need(client.NewProofBuilder(ctx, size, files.ReadTile))
	const count = 2000
	proofs := make([][][]byte, count)
	start := time.Now()
	for i := range uint64(count) {
		proofs[i] = measure.Need(builder.InclusionProof(ctx, i*7919%size))
	}
	measure.Rate("prove", start, count)
	start = time.Now()
	for i := range uint64(count) {
		if i*7919%size < first {
			continue // signed: its bytes are not ours to make again
		}
		leaf := rfc6962.DefaultHasher.HashLeaf(measure.Record(int(i * 7919 % size)))
		measure.Must(proof.VerifyInclusion(rfc6962.DefaultHasher, i*7919%size, size, leaf, proofs[i], checkpoint.Hash))
	}
	measure.Rate("verify", start, count)
	hashes := func(bundle []byte) ([][]byte, error) {
		var read api.EntryBundle
		if err := read.UnmarshalText(bundle); err != nil {
			return nil, err
		}
		all := make([][]byte, 0, len(read.Entries))
		for _, one := range read.Entries {
			all = append(all, rfc6962.DefaultHasher.HashLeaf(one))
		}
		return all, nil
	}
	start = time.Now()
	measure.Must(fsck.New(origin, verifier, files, hashes, fsck.Opts{N: uint(runtime.NumCPU())}).Check(ctx))
	measure.Rate("audit", start, int(size))
}

func main() {
	dir, entries := measure.Arguments()
	secret, public, err := note.GenerateKey(rand.Reader, origin)
	measure.Must(err)
	w := &writer{dir: dir, key: measure.Need(note.NewSigner(secret))}
	w.batches("published1", 1, 10, measure.Unsigned, true)
	w.batches("signed1", 1, 100, measure.Signed, false)
	w.batches("signed256", 256, 16, measure.Signed, false)
	w.batches("signed1000", 1000, 10, measure.Signed, false)
	w.batches("checked1", 1, 100, measure.Checked, false)
	w.batches("checked256", 256, 16, measure.Checked, false)
	w.batches("checked1000", 1000, 10, measure.Checked, false)
	start := w.size
	w.batches("single", 1, 200, measure.Unsigned, false)
	w.batches("batch256", 256, 16, measure.Unsigned, false)
	w.batches("batch1000", 1000, 10, measure.Unsigned, false)
	w.batches("append", 10000, (entries-w.size)/10000+1, measure.Unsigned, false)
	// The last add is published by now: shutdown waits for it.
	read(dir, uint64(start), uint64(w.size), measure.Need(note.NewVerifier(public)))
	measure.End(w.size)
}
