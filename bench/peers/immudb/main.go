// SPDX-License-Identifier: GPL-3.0-or-later

// bench-immudb DIR N: what bench-ledger measures, on immudb's embedded store: lines of NAME and a rate in 1/s.
// Synced: a commit returns when its value and transaction logs are fsynced. SyncFrequency 0, since one committer that
// waits for each commit gains nothing from a later sync; indexing is not waited for but once, before the proofs.
package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/codenotary/immudb/embedded/htree"
	"github.com/codenotary/immudb/embedded/logger"
	"github.com/codenotary/immudb/embedded/store"
)

const largestBatch = 10000

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

func key(number int) []byte {
	digest := sha256.Sum256([]byte("entry " + strconv.Itoa(number)))
	return digest[:]
}

// As long as one of our leaves.
func value(number int) []byte { return []byte(fmt.Sprintf("%0489x", key(number))) }

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

var size int
var ctx = context.Background()

func commit(db *store.ImmuStore, batch int, signed bool) {
	tx := need(db.NewWriteOnlyTx(ctx))
	values := make([][]byte, 0, batch)
	for i := range batch {
		values = append(values, value(size+i))
	}
	if signed {
		sign(values)
	}
	for i := range batch {
		must(tx.Set(key(size+i), nil, values[i]))
	}
	size += batch
	need(tx.AsyncCommit(ctx))
}

func batches(db *store.ImmuStore, name string, batch, count int, signed bool) {
	start := time.Now()
	for range count {
		commit(db, batch, signed)
	}
	rate(name, start, batch*count)
}

type proven struct {
	inclusion *htree.InclusionProof
	dual      *store.DualProof
	header    *store.TxHeader
	entry     *store.EntrySpec
}

func prove(db *store.ImmuStore, last *store.TxHeader, number int, holder *store.Tx) proven {
	found := need(db.Get(ctx, key(number)))
	must(db.ReadTx(found.Tx(), false, holder))
	header := *holder.Header()
	return proven{
		inclusion: need(holder.Proof(key(number))),
		dual:      need(db.DualProof(&header, last)),
		header:    &header,
		entry:     &store.EntrySpec{Key: key(number), Value: need(found.Resolve())},
	}
}

func verify(one proven, last *store.TxHeader) {
	digest := need(store.EntrySpecDigestFor(one.header.Version))
	if !store.VerifyInclusion(one.inclusion, digest(one.entry), one.header.Eh) ||
		!store.VerifyDualProof(one.dual, one.header.ID, last.ID, one.header.Alh(), last.Alh()) {
		log.Fatal("a proof does not hold")
	}
}

// Every transaction with its values, and the chain of their hashes.
func audit(db *store.ImmuStore, last uint64, holder *store.Tx) {
	before := sha256.Sum256(nil)
	for id := uint64(1); id <= last; id++ {
		must(db.ReadTx(id, false, holder))
		if id > 1 && holder.Header().PrevAlh != before {
			log.Fatal("a broken chain")
		}
		before = holder.Header().Alh()
		for _, entry := range holder.Entries() {
			need(db.ReadValue(entry))
		}
	}
}

func main() {
	dir, entries := os.Args[1], need(strconv.Atoi(os.Args[2]))
	options := store.DefaultOptions().WithSynced(true).WithSyncFrequency(0).WithMaxTxEntries(largestBatch).
		WithLogger(logger.NewSimpleLogger("immudb", io.Discard))
	db := need(store.Open(dir, options))
	batches(db, "signed1", 1, 100, true)
	batches(db, "signed256", 256, 16, true)
	batches(db, "signed1000", 1000, 10, true)
	batches(db, "single", 1, 200, false)
	batches(db, "batch256", 256, 16, false)
	batches(db, "batch1000", 1000, 10, false)
	batches(db, "append", largestBatch, (entries-size)/largestBatch+1, false)
	must(db.WaitForIndexingUpto(ctx, db.LastCommittedTxID()))
	holder := need(db.NewTxHolderPool(1, true))
	tx := need(holder.Alloc())
	last := need(db.ReadTxHeader(db.LastCommittedTxID(), false, false))
	const count = 200
	proofs := make([]proven, count)
	start := time.Now()
	for i := range count {
		proofs[i] = prove(db, last, i*7919%size, tx)
	}
	rate("prove", start, count)
	start = time.Now()
	for _, one := range proofs {
		verify(one, last)
	}
	rate("verify", start, count)
	start = time.Now()
	audit(db, last.ID, tx)
	rate("audit", start, size)
	must(db.Close())
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	fmt.Printf("memory\t%d\nentries\t%d\n", usage.Maxrss/1024, size)
}
