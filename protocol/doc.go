// Package protocol holds the nouns and bytes on which the two sides of the network meet: addresses and amounts, the
// typed data that keys sign, offers, vouchers and receipts, the Merkle tree over receipts, and the shapes of the
// control API between a pod and its operator. It decides nothing, stores nothing and talks to nobody.
//
// Byte layouts are normative in docs/spec; testdata/vectors holds them as JSON that Go and Solidity both replay.
package protocol
