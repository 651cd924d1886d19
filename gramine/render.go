package gramine

import (
	"fmt"
	"strings"
	"text/template"
)

// Values are what a template is filled with.
type Values struct {
	// LibOS is Gramine's libsysdb.so where Gramine is installed.
	LibOS TrustedFile
	// Binary and Config are the sums of podd and of its measured configuration.
	Binary, Config Digest
	// Libraries are what the binary links; none where it is static.
	Libraries []TrustedFile
	// EnclaveSize is a power of two such as 16G. It holds the models twice while they are loaded.
	EnclaveSize string
	// MaxThreads are the threads that podd can have at once; with EDMM, those that are there from the beginning.
	MaxThreads int
	EDMM       bool
	// ISVProdID and ISVSVN are signed, not measured.
	ISVProdID, ISVSVN uint16
}

// Render fills a template in, and holds the rules against what comes out.
func Render(text string, v Values) (*Manifest, error) {
	t, err := template.New("manifest").Option("missingkey=error").Funcs(template.FuncMap{
		"text": func(value any) string { return stringText(fmt.Sprint(value)) },
	}).Parse(text)
	if err != nil {
		return nil, fmt.Errorf("the manifest's template: %w", err)
	}
	var out strings.Builder
	if err := t.Execute(&out, v); err != nil {
		return nil, fmt.Errorf("the manifest's template: %w", err)
	}
	m, err := Parse([]byte(out.String()))
	if err != nil {
		return nil, fmt.Errorf("the manifest's template, filled in: %w", err)
	}
	return m, m.Check()
}
