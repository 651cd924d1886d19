// Package compat runs the clients that people have against a gateway of the devnet and against the engine itself, and
// holds the outcomes against each other, case by case: they are equal but for a list of differences that names a reason for
// each. docs/compatibility.md is the table of it; UPDATE=1 writes it.
package compat
