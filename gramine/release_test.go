package gramine

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func release(t *testing.T, v Values) Release {
	t.Helper()
	m := render(t, v)
	a, err := m.Attributes()
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewRelease("v1.2.3", m, libpal(t), measure(t, string(m.Canonical()), a))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRelease(t *testing.T) {
	r := release(t, dynamic())
	first, err := r.JSON()
	if err != nil {
		t.Fatal(err)
	}
	second, _ := release(t, dynamic()).JSON()
	if !bytes.Equal(first, second) {
		t.Error("the document is not the same twice")
	}
	again, err := ParseRelease(first)
	if diff := cmp.Diff(r, again); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if d := r.Compare(again); d != nil {
		t.Errorf("got %v", d)
	}
	if r.Manifest != Sum(render(t, dynamic()).Canonical()) || r.Gramine.LibOS.SHA256 != (Digest{3}) || r.ISVProdID != 1 || len(r.TrustedFiles) != 4 {
		t.Errorf("got %+v", r)
	}
	for key, change := range map[string]func(v *Values){
		"file:/phallama/podd":          func(v *Values) { v.Binary[0]++ },
		"file:/phallama/lib/libc.so.6": func(v *Values) { v.Libraries = v.Libraries[1:] },
		"gramine.libos":                func(v *Values) { v.LibOS.SHA256[0]++ },
		"attributes":                   func(v *Values) { v.MaxThreads++ },
		"isvSvn":                       func(v *Values) { v.ISVSVN++ },
		"manifest":                     func(v *Values) { v.LibOS.URI = "file:/opt/libsysdb.so" },
	} {
		v := dynamic()
		change(&v)
		d := r.Compare(release(t, v))
		if len(d) < 2 || d[0].Key != key || d[len(d)-1].Key != "mrenclave" {
			t.Errorf("%s: got %v", key, d)
		}
	}
	described, err := Describe(t.Context(), "v1.2.3", render(t, dynamic()).Canonical(), fakeLibpal().bytes(t), nil)
	if diff := cmp.Diff(r, described); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	const want = "phallama enclave manifest --binary podd --config podd.json --libos libsysdb.so --libos-path /usr/lib/x86_64-linux-gnu/gramine/libsysdb.so" +
		" --size 16G --threads 64 --edmm=true --prod-id 1 --svn 1 --libs lib --out podd.manifest.sgx"
	if r.Reproduce[0] != want {
		t.Errorf("got %q", r.Reproduce)
	}
	debug := reparse(t, strings.Replace(string(render(t, values()).Canonical()), "debug = false", "debug = true", 1))
	var broken *RulesError
	if _, err := NewRelease("x", debug, libpal(t), &Enclave{}); !errors.As(err, &broken) {
		t.Errorf("a release that breaks a rule: got %v", err)
	}
}

func TestParseReleaseRefuses(t *testing.T) {
	good, err := release(t, values()).JSON()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"empty":         {nil, "expected what phallama enclave measure --release writes"},
		"cut":           {good[:len(good)/2], "expected what"},
		"more":          {append(bytes.Clone(good), '1'), "nothing after it"},
		"unknown":       {bytes.Replace(good, []byte(`"schema"`), []byte(`"scheme"`), 1), "unknown field"},
		"another":       {bytes.Replace(good, []byte(`"schema": 1`), []byte(`"schema": 2`), 1), "expected schema 1, got 2"},
		"a bad digest":  {bytes.Replace(good, []byte(`"mrenclave": "`), []byte(`"mrenclave": "g`), 1), "64 hexadecimal digits"},
		"no mrenclave":  {[]byte(`{"schema":1}`), "mrenclave is missing"},
		"too large":     {make([]byte, MaxRelease+1), "at most"},
		"capital sums":  {bytes.Replace(good, []byte(Digest{1}.String()), bytes.Repeat([]byte("A"), 64), 1), "lower case"},
		"a second name": {[]byte(`[]`), "cannot unmarshal"},
	} {
		if _, err := ParseRelease(c.raw); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}
