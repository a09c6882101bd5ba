// SPDX-License-Identifier: GPL-3.0-or-later

// bench-immudb DIR N: what bench-ledger measures, on immudb's embedded store: lines of NAME and a rate in 1/s.
// Synced: a commit returns when its value and transaction logs are fsynced. SyncFrequency 0, since one committer that
// waits for each commit gains nothing from a later sync; indexing is not waited for but once, before the proofs.
package main

import (
	"context"
	"crypto/sha256"
	"io"
	"log"
	"time"

	"measure"

	"github.com/codenotary/immudb/embedded/htree"
	"github.com/codenotary/immudb/embedded/logger"
	"github.com/codenotary/immudb/embedded/store"
)

const largestBatch = 10000

var size int
var ctx = context.Background()

func commit(db *store.ImmuStore, batch int, how measure.Signing) {
	tx := measure.Need(db.NewWriteOnlyTx(ctx))
	values := make([][]byte, 0, batch)
	for i := range batch {
		values = append(values, measure.Record(size+i))
	}
	measure.Sign(values, how)
	for i := range batch {
		measure.Must(tx.Set(measure.Key(size+i), nil, values[i]))
	}
	size += batch
	measure.Need(tx.AsyncCommit(ctx))
}

func batches(db *store.ImmuStore, name string, batch, count int, how measure.Signing) {
	start := time.Now()
	for range count {
		commit(db, batch, how)
	}
	measure.Rate(name, start, batch*count)
}

type proven struct {
	inclusion *htree.InclusionProof
	dual      *store.DualProof
	header    *store.TxHeader
	entry     *store.EntrySpec
}

func prove(db *store.ImmuStore, last *store.TxHeader, number int, holder *store.Tx) proven {
	found := measure.Need(db.Get(ctx, measure.Key(number)))
	measure.Must(db.ReadTx(found.Tx(), false, holder))
	header := *holder.Header()
	return proven{
		inclusion: measure.Need(holder.Proof(measure.Key(number))),
		dual:      measure.Need(db.DualProof(&header, last)),
		header:    &header,
		entry:     &store.EntrySpec{Key: measure.Key(number), Value: measure.Need(found.Resolve())},
	}
}

func verify(one proven, last *store.TxHeader) {
	digest := measure.Need(store.EntrySpecDigestFor(one.header.Version))
	if !store.VerifyInclusion(one.inclusion, digest(one.entry), one.header.Eh) ||
		!store.VerifyDualProof(one.dual, one.header.ID, last.ID, one.header.Alh(), last.Alh()) {
		log.Fatal("a proof does not hold")
	}
}

// Every transaction with its values, and the chain of their hashes.
func audit(db *store.ImmuStore, last uint64, holder *store.Tx) {
	before := sha256.Sum256(nil)
	for id := uint64(1); id <= last; id++ {
		measure.Must(db.ReadTx(id, false, holder))
		if id > 1 && holder.Header().PrevAlh != before {
			log.Fatal("a broken chain")
		}
		before = holder.Header().Alh()
		for _, entry := range holder.Entries() {
			measure.Need(db.ReadValue(entry))
		}
	}
}

func main() {
	dir, entries := measure.Arguments()
	options := store.DefaultOptions().WithSynced(true).WithSyncFrequency(0).WithMaxTxEntries(largestBatch).
		WithLogger(logger.NewSimpleLogger("immudb", io.Discard))
	db := measure.Need(store.Open(dir, options))
	batches(db, "signed1", 1, 100, measure.Signed)
	batches(db, "signed256", 256, 16, measure.Signed)
	batches(db, "signed1000", 1000, 10, measure.Signed)
	batches(db, "checked1", 1, 100, measure.Checked)
	batches(db, "checked256", 256, 16, measure.Checked)
	batches(db, "checked1000", 1000, 10, measure.Checked)
	batches(db, "single", 1, 200, measure.Unsigned)
	batches(db, "batch256", 256, 16, measure.Unsigned)
	batches(db, "batch1000", 1000, 10, measure.Unsigned)
	batches(db, "append", largestBatch, (entries-size)/largestBatch+1, measure.Unsigned)
	measure.Must(db.WaitForIndexingUpto(ctx, db.LastCommittedTxID()))
	holder := measure.Need(db.NewTxHolderPool(1, true))
	tx := measure.Need(holder.Alloc())
	last := measure.Need(db.ReadTxHeader(db.LastCommittedTxID(), false, false))
	const count = 200
	proofs := make([]proven, count)
	start := time.Now()
	for i := range count {
		proofs[i] = prove(db, last, i*7919%size, tx)
	}
	measure.Rate("prove", start, count)
	start = time.Now()
	for _, one := range proofs {
		verify(one, last)
	}
	measure.Rate("verify", start, count)
	start = time.Now()
	audit(db, last.ID, tx)
	measure.Rate("audit", start, size)
	measure.Must(db.Close())
	measure.End(size)
}
