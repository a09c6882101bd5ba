// SPDX-License-Identifier: GPL-3.0-or-later

// sumdb_reader LOG VKEY: what Go's checksum database is made of (golang.org/x/mod/sumdb: note, tlog) reads a log of ours.
// The checkpoint is opened with the verifier key; every hash comes through a TileHashReader, which believes no tile that
// does not lead to the root; entries must hash to their leaves, and proofs of records and of earlier trees must hold.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8 // of a tile: 256 hashes

// tiles gives files of a tlog-tiles directory to tlog, which knows them by the paths of the checksum database.
type tiles struct {
	root string
	read map[string]bool
}

func (t *tiles) path(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
}

func (t *tiles) Height() int { return height }

func (t *tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		data, err := os.ReadFile(filepath.Join(t.root, t.path(tile)))
		if err != nil {
			return nil, err
		}
		t.read[t.path(tile)] = true
		all = append(all, data)
	}
	return all, nil
}

func (t *tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func openCheckpoint(log, vkey string) (tree tlog.Tree, err error) {
	signed, err := os.ReadFile(filepath.Join(log, "checkpoint"))
	if err != nil {
		return tree, err
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("not a checkpoint of %s: %q", verifier.Name(), opened.Text)
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, errors.New("malformed root")
	}
	copy(tree.Hash[:], root)
	return tree, nil
}

// checkEntries hashes every entry and compares with the tree's leaf.
func checkEntries(log string, tree tlog.Tree, reader tlog.HashReader) error {
	for first := int64(0); first < tree.N; first += 1 << height {
		width := min(tree.N-first, 1<<height)
		name := tlog.Tile{H: height, L: 0, N: first >> height, W: int(width)}.Path()
		data, err := os.ReadFile(filepath.Join(log, strings.Replace(name, "tile/8/0/", "tile/entries/", 1)))
		if err != nil {
			return err
		}
		var indexes []int64
		for i := range width {
			indexes = append(indexes, tlog.StoredHashIndex(0, first+i))
		}
		leaves, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i := range leaves {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return fmt.Errorf("entry %d is cut", first+int64(i))
			}
			entry := data[2 : 2+binary.BigEndian.Uint16(data)]
			if tlog.RecordHash(entry) != leaves[i] {
				return fmt.Errorf("entry %d is not the leaf of that index", first+int64(i))
			}
			data = data[2+len(entry):]
		}
		if len(data) > 0 {
			return fmt.Errorf("bytes after the last entry of the bundle at %d", first)
		}
	}
	return nil
}

// samples are all indexes of a small tree; of a large one those around powers of two and ends of tiles.
func samples(size int64) []int64 {
	var picked []int64
	for i := int64(0); i < size; i++ {
		near := (i+1)&i == 0 || i&(i-1) == 0 || i%(1<<height) < 2 && i%7 == 0
		if size <= 300 || near || i > size-4 {
			picked = append(picked, i)
		}
	}
	return picked
}

func checkProofs(tree tlog.Tree, reader tlog.HashReader) (int, error) {
	picked := samples(tree.N)
	for _, i := range picked {
		leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, i)})
		if err != nil {
			return 0, err
		}
		record, err := tlog.ProveRecord(tree.N, i, reader)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckRecord(record, tree.N, tree.Hash, i, leaf[0]); err != nil {
			return 0, fmt.Errorf("record %d: %w", i, err)
		}
		old, err := tlog.TreeHash(i+1, reader)
		if err != nil {
			return 0, err
		}
		extension, err := tlog.ProveTree(tree.N, i+1, reader)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckTree(extension, tree.N, tree.Hash, i+1, old); err != nil {
			return 0, fmt.Errorf("tree of %d: %w", i+1, err)
		}
	}
	return len(picked), nil
}

func read(log, vkeyFile string) error {
	vkey, err := os.ReadFile(vkeyFile)
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(log, strings.SplitN(string(vkey), "\n", 2)[0])
	if err != nil {
		return err
	}
	files := &tiles{root: log, read: map[string]bool{}}
	reader := tlog.TileHashReader(tree, files)
	if err := checkEntries(log, tree, reader); err != nil {
		return err
	}
	proofs, err := checkProofs(tree, reader)
	if err != nil {
		return err
	}
	fmt.Printf("OK entries=%d tiles=%d record-proofs=%d tree-proofs=%d\n", tree.N, len(files.read), proofs, proofs)
	return nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "sumdb_reader LOG VKEY")
		os.Exit(2)
	}
	if err := read(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
}
