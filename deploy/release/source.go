package main

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// sourceURL is where the source is.
const sourceURL = "https://github.com/phallama/phallama"

// source is what a release is made from.
type source struct {
	Version  string
	Revision string    // commit
	Created  time.Time // of the commit: the one time that a release knows
}

var versionForm = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.-]{0,63}$`)

// readSource asks git. The abbreviation of a commit has a fixed length: git's own choice depends on how much the clone holds.
func readSource(ctx context.Context, root, version string, dirty bool) (source, error) {
	s := source{Version: version}
	var err error
	if s.Revision, err = output(ctx, root, "git", "rev-parse", "HEAD"); err != nil {
		return s, fmt.Errorf("a release is made from a clone: %w", err)
	}
	if version == "" {
		if s.Version, err = output(ctx, root, "git", "describe", "--tags", "--always", "--abbrev=12", "--match=v[0-9]*"); err != nil {
			return s, err
		}
	}
	if !versionForm.MatchString(s.Version) {
		return s, fmt.Errorf("the version is %q: want at most 64 letters, digits, dots and dashes, as a tag of an image may have", s.Version)
	}
	changes, err := output(ctx, root, "git", "status", "--porcelain")
	if err != nil {
		return s, err
	}
	if changes != "" {
		if !dirty {
			return s, fmt.Errorf("there are changes that no commit holds, so nobody could make this release again: commit them, or try it out with -dirty:\n%s", changes)
		}
		s.Version += "-dirty"
	}
	seconds, err := output(ctx, root, "git", "show", "--no-patch", "--format=%ct", "HEAD")
	if err != nil {
		return s, err
	}
	unix, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return s, fmt.Errorf("the commit's time: %w", err)
	}
	s.Created = time.Unix(unix, 0).UTC()
	return s, nil
}
