// SPDX-License-Identifier: GPL-3.0-or-later

//! sigsum_verify KEY POLICY PROOF FILE: the Rust library of Sigsum verifies that the file is signed by the key (64 hex
//! digits) and that the signature is in a log which the policy (Sigsum's format) trusts. Status 1 and the library's word
//! when it is not.
use sigsum::{verify, Hash, Policy, PublicKey, SigsumSignature};
use std::error::Error;

fn key_of(hex: &str) -> Result<PublicKey, Box<dyn Error>> {
    let digits = hex.trim();
    if digits.len() != 64 || !digits.is_ascii() {
        return Err("a key has 64 hex digits".into());
    }
    let mut bytes = [0u8; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16)?;
    }
    Ok(bytes.into())
}

fn check(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let key = key_of(&std::fs::read_to_string(&arguments[0])?)?;
    let policy = Policy::parse(&std::fs::read_to_string(&arguments[1])?)?;
    let proof = SigsumSignature::from_ascii(&std::fs::read_to_string(&arguments[2])?)?;
    verify(&Hash::new(std::fs::read(&arguments[3])?), &proof, &[key], &policy)?;
    Ok(())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.len() != 4 {
        eprintln!("sigsum_verify KEY POLICY PROOF FILE");
        std::process::exit(2);
    }
    if let Err(error) = check(&arguments) {
        eprintln!("refused: {error}");
        std::process::exit(1);
    }
    println!("OK");
}
