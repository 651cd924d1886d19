// Package gramine holds the template of the manifest with which Gramine starts podd.
package gramine

import _ "embed"

// Template is podd.manifest.template, for Render of the repository's package gramine.
//
//go:embed podd.manifest.template
var Template string
