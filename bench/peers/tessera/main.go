// SPDX-License-Identifier: GPL-3.0-or-later

// bench-tessera DIR N: what bench-ledger measures, on Tessera's POSIX driver: lines of NAME and a rate in 1/s.
// An add counts when its future resolves: entries, tiles and tree state are fsynced. A checkpoint that covers it
// follows, at most every 100 ms, which is the least that the driver allows; published waits for it, as ours always does.
package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"log"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

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

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func need[T any](value T, err error) T {
	must(err)
	return value
}

func rate(name string, start time.Time, count int) {
	fmt.Printf("%s\t%.1f\n", name, float64(count)/time.Since(start).Seconds())
}

// As long as one of our leaves.
func entry(number int) []byte {
	digest := sha256.Sum256([]byte("entry " + strconv.Itoa(number)))
	return []byte(fmt.Sprintf("%0489x", digest))
}

var signer = need(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))

// sign gives each record a P-256 signature, as the ledger does, on all cores.
func sign(records [][]byte) [][]byte {
	var group sync.WaitGroup
	for worker := range runtime.NumCPU() {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := worker; i < len(records); i += runtime.NumCPU() {
				digest := sha256.Sum256(records[i])
				signature := need(ecdsa.SignASN1(rand.Reader, signer, digest[:]))
				copy(records[i][len(records[i])-len(signature):], signature)
			}
		}()
	}
	group.Wait()
	return records
}

type writer struct {
	dir  string
	key  note.Signer
	size int
}

// batches adds count batches, each waiting for the one before.
func (w *writer) batches(name string, batch, count int, signed, published bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	driver := need(posix.New(ctx, posix.Config{Path: w.dir}))
	options := tessera.NewAppendOptions().WithCheckpointSigner(w.key).WithBatching(uint(batch), 10*time.Millisecond).
		WithCheckpointInterval(100 * time.Millisecond).WithPushback(uint(2 * batch))
	appender, shutdown, reader, err := tessera.NewAppender(ctx, driver, options)
	must(err)
	await := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, time.Millisecond)
	start := time.Now()
	for range count {
		futures := make([]tessera.IndexFuture, 0, batch)
		records := make([][]byte, 0, batch)
		for range batch {
			records = append(records, entry(w.size))
			w.size++
		}
		if signed {
			sign(records)
		}
		for _, record := range records {
			futures = append(futures, appender.Add(ctx, tessera.NewEntry(record)))
		}
		for _, future := range futures {
			need(future())
		}
		if published {
			_, _, err := await.Await(ctx, futures[len(futures)-1])
			must(err)
		}
	}
	rate(name, start, batch*count)
	must(shutdown(ctx))
}

func read(dir string, first, size uint64, verifier note.Verifier) {
	ctx := context.Background()
	files := client.FileFetcher{Root: dir}
	checkpoint, _, _, err := client.FetchCheckpoint(ctx, files.ReadCheckpoint, verifier, origin)
	must(err)
	if checkpoint.Size != size {
		log.Fatalf("a checkpoint of %d entries, not %d", checkpoint.Size, size)
	}
	builder := need(client.NewProofBuilder(ctx, size, files.ReadTile))
	const count = 2000
	proofs := make([][][]byte, count)
	start := time.Now()
	for i := range uint64(count) {
		proofs[i] = need(builder.InclusionProof(ctx, i*7919%size))
	}
	rate("prove", start, count)
	start = time.Now()
	for i := range uint64(count) {
		if i*7919%size < first {
			continue // signed: its bytes are not ours to make again
		}
		leaf := rfc6962.DefaultHasher.HashLeaf(entry(int(i * 7919 % size)))
		must(proof.VerifyInclusion(rfc6962.DefaultHasher, i*7919%size, size, leaf, proofs[i], checkpoint.Hash))
	}
	rate("verify", start, count)
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
	must(fsck.New(origin, verifier, files, hashes, fsck.Opts{N: uint(runtime.NumCPU())}).Check(ctx))
	rate("audit", start, int(size))
}

func main() {
	dir, entries := os.Args[1], need(strconv.Atoi(os.Args[2]))
	secret, public, err := note.GenerateKey(rand.Reader, origin)
	must(err)
	w := &writer{dir: dir, key: need(note.NewSigner(secret))}
	w.batches("published1", 1, 10, false, true)
	w.batches("signed1", 1, 100, true, false)
	w.batches("signed256", 256, 16, true, false)
	w.batches("signed1000", 1000, 10, true, false)
	start := w.size
	w.batches("single", 1, 200, false, false)
	w.batches("batch256", 256, 16, false, false)
	w.batches("batch1000", 1000, 10, false, false)
	w.batches("append", 10000, (entries-w.size)/10000+1, false, false)
	// The last add is published by now: shutdown waits for it.
	read(dir, uint64(start), uint64(w.size), need(note.NewVerifier(public)))
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	fmt.Printf("memory\t%d\nentries\t%d\n", usage.Maxrss/1024, w.size)
}
