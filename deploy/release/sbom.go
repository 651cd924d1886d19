package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// sbom writes what a binary is made of in CycloneDX 1.6: the Go modules that the binary itself names, the libraries of the page
// that it embeds, and for the engine the C and C++ code that no Go module names.
func (r *release) sbom(b binary, parts []part) (file string, err error) {
	path := filepath.Join(r.dist, b.name)
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return "", err
	}
	sum, _, err := hashFile(path)
	if err != nil {
		return "", err
	}
	license := cdx.Licenses{{License: &cdx.License{ID: "Apache-2.0"}}}
	self := cdx.Component{
		BOMRef: b.name, Type: cdx.ComponentTypeApplication, Name: b.name, Version: r.source.Version, Licenses: &license,
		Hashes:             &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: sum}},
		ExternalReferences: &[]cdx.ExternalReference{{Type: cdx.ERTypeVCS, URL: sourceURL, Comment: r.source.Revision}},
	}
	goVersion := strings.TrimPrefix(info.GoVersion, "go")
	components := []cdx.Component{{
		BOMRef: "std", Type: cdx.ComponentTypeLibrary, Name: "std", Version: info.GoVersion,
		Description: "Go's standard library", PackageURL: "pkg:golang/std@" + goVersion,
	}}
	for _, dep := range info.Deps {
		c := cdx.Component{
			BOMRef: "module:" + dep.Path, Type: cdx.ComponentTypeLibrary, Name: dep.Path, Version: dep.Version,
			PackageURL: "pkg:golang/" + dep.Path + "@" + url.PathEscape(dep.Version),
		}
		if isOurs(dep.Path) {
			c.Version, c.PackageURL = r.source.Version, ""
		}
		if dep.Sum != "" {
			c.Properties = &[]cdx.Property{{Name: "go.sum", Value: dep.Sum}}
		}
		if dep.Replace != nil && !isOurs(dep.Path) {
			c.Pedigree = &cdx.Pedigree{Notes: "patched: every change is in engine/patch of the source"}
		}
		components = append(components, c)
	}
	for _, p := range parts {
		c := cdx.Component{
			BOMRef: "file:" + p.File, Type: cdx.ComponentTypeLibrary, Name: p.Name, Version: p.Version, Description: p.What,
			Licenses: &cdx.Licenses{{Expression: p.License}},
		}
		if p.SHA256 != "" {
			c.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: p.SHA256}}
		}
		components = append(components, c)
	}
	libraries, err := b.libraries(r.root)
	if err != nil {
		return "", err
	}
	for _, l := range libraries {
		components = append(components, cdx.Component{
			BOMRef: "npm:" + l.Name, Type: cdx.ComponentTypeLibrary, Name: l.Name, Version: l.Version, PackageURL: l.purl(),
			Description: "a part of it is in the page", Licenses: &cdx.Licenses{{Expression: l.License}},
		})
	}
	all := make([]string, 0, len(components))
	for _, c := range components {
		all = append(all, c.BOMRef)
	}
	bom := cdx.NewBOM()
	bom.SerialNumber = serial(b.name + sum)
	bom.Metadata = &cdx.Metadata{Timestamp: r.source.Created.Format(time.RFC3339), Component: &self}
	bom.Components = &components
	bom.Dependencies = &[]cdx.Dependency{{Ref: b.name, Dependencies: &all}}

	var text bytes.Buffer
	if err := cdx.NewBOMEncoder(&text, cdx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(bom, cdx.SpecVersion1_6); err != nil {
		return "", err
	}
	file = b.name + ".cdx.json"
	return file, os.WriteFile(filepath.Join(r.dist, file), text.Bytes(), 0o644)
}

// serial is a UUID of version 8 that depends on what it names only.
func serial(of string) string {
	sum := sha256.Sum256([]byte(of))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return fmt.Sprintf("urn:uuid:%s-%s-%s-%s-%s", h[:8], h[8:12], h[12:16], h[16:20], h[20:])
}
