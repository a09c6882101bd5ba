// SPDX-License-Identifier: GPL-3.0-or-later

// Package measure is what the peers' programs share: the records, their signatures, and lines of NAME and a number.
package measure

import (
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
)

func Must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func Need[T any](value T, err error) T {
	Must(err)
	return value
}

// Arguments are those of every program: where, and how many entries.
func Arguments() (string, int) {
	return os.Args[1], Need(strconv.Atoi(os.Args[2]))
}

func Rate(name string, start time.Time, count int) {
	fmt.Printf("%s\t%.1f\n", name, float64(count)/time.Since(start).Seconds())
}

// End tells the memory that was used and the entries that were made.
func End(entries int) {
	var usage syscall.Rusage
	Must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	fmt.Printf("memory\t%d\nentries\t%d\n", usage.Maxrss/1024, entries)
}

func Key(number int) []byte {
	digest := sha256.Sum256([]byte("entry " + strconv.Itoa(number)))
	return digest[:]
}

// Record is as long as one of our leaves.
func Record(number int) []byte { return []byte(fmt.Sprintf("%0489x", Key(number))) }

var signer = Need(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))

// Signing says what is done with each record before it is committed. The ledger does all of it, since a signature that
// came out wrong could not be taken out of a log again.
type Signing int

const (
	Unsigned Signing = iota
	Signed
	Checked // signed, and the signature verified
)

// Sign gives each record a P-256 signature, as the ledger does, on all cores.
func Sign(records [][]byte, how Signing) {
	if how == Unsigned {
		return
	}
	var group sync.WaitGroup
	for worker := range runtime.NumCPU() {
		group.Add(1)
		go func() {
			defer group.Done()
			for i := worker; i < len(records); i += runtime.NumCPU() {
				digest := sha256.Sum256(records[i])
				signature := Need(ecdsa.SignASN1(rand.Reader, signer, digest[:]))
				if how == Checked && !ecdsa.VerifyASN1(&signer.PublicKey, digest[:], signature) {
					log.Fatal("a signature does not hold")
				}
				copy(records[i][len(records[i])-len(signature):], signature)
			}
		}()
	}
	group.Wait()
}
