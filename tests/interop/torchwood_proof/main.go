// SPDX-License-Identifier: GPL-3.0-or-later

// torchwood_proof POLICY PROOF LEAF: the torchwood project's library verifies that the leaf's bytes are in the log that
// the policy (C2SP tlog-policy) trusts, as its witnesses saw it. Status 1 and the library's word when they are not.
package main

import (
	"fmt"
	"os"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"
)

func verify(policyFile, proofFile, leafFile string) error {
	text, err := os.ReadFile(policyFile)
	if err != nil {
		return err
	}
	policy, err := torchwood.ParsePolicy(text)
	if err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	proof, err := os.ReadFile(proofFile)
	if err != nil {
		return err
	}
	leaf, err := os.ReadFile(leafFile)
	if err != nil {
		return err
	}
	return torchwood.VerifyProof(policy, tlog.RecordHash(leaf), proof)
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "torchwood_proof POLICY PROOF LEAF")
		os.Exit(2)
	}
	if err := verify(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
	fmt.Println("OK")
}
