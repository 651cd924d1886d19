package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// pageFile is where Vite, which builds the page that a binary embeds, lists the libraries that are in it.
const pageFile = "web/dist/libraries.json"

// library is a package of npm, of which a part is in the page.
type library struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	License string `json:"identifier"` // in SPDX's terms
	Text    string `json:"text"`
}

// purl names a library as https://github.com/package-url/purl-spec has it.
func (l library) purl() string {
	return "pkg:npm/" + strings.ReplaceAll(l.Name, "@", "%40") + "@" + url.PathEscape(l.Version)
}

// libraries are those of the page that a binary embeds; none if it embeds none.
func (b binary) libraries(root string) ([]library, error) {
	if !b.page {
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(root, pageFile))
	if err != nil {
		return nil, err
	}
	var all []library
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("%s: %w", pageFile, err)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s names no library: build the page again", pageFile)
	}
	for _, l := range all {
		if l.Name == "" || l.Version == "" || l.License == "" || l.Text == "" {
			return nil, fmt.Errorf("%s %s has no licence in %s: look for its terms before it is part of a release", l.Name, l.Version, pageFile)
		}
	}
	return all, nil
}
