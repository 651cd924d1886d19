package gramine

import (
	"errors"
	"strings"
	"testing"
)

// TestRules changes one thing each, and names the rule that has to see it.
func TestRules(t *testing.T) {
	good := string(render(t, dynamic()).Canonical())
	for name, c := range map[string]struct{ before, after, key string }{
		"debug":                 {"debug = false", "debug = true", "sgx.debug"},
		"no attestation":        {`"dcap"`, `"none"`, "sgx.remote_attestation"},
		"lax about files":       {`"strict"`, `"allow_all_but_log"`, "sgx.file_check_policy"},
		"logs":                  {`log_level = "error"`, `log_level = "debug"`, "loader.log_level"},
		"log file":              {`log_level = "error"`, "log_file = \"/tmp/log\"\nlog_level = \"error\"", "loader.log_file"},
		"arguments of the host": {`log_level = "error"`, "insecure__use_cmdline_argv = true\nlog_level = \"error\"", "loader.insecure__use_cmdline_argv"},
		"insecure although off": {`log_level = "error"`, "insecure__use_host_env = false\nlog_level = \"error\"", "loader.insecure__use_host_env"},
		"insecure threads":      {"isvsvn = 1", "insecure__rpc_thread_num = 2\nisvsvn = 1", "sgx.insecure__rpc_thread_num"},
		"insecure keys":         {"[fs.root]", "[fs.insecure__keys]\ndefault = \"00\"\n\n[fs.root]", "fs.insecure__keys.default"},
		"argv":                  {`"--config"`, `"--verbose"`, "loader.argv"},
		"argv from a file":      {`log_level = "error"`, "argv_src_file = \"file:/x\"\nlog_level = \"error\"", "loader.argv_src_file"},
		"environment":           {`HOME = "/tmp"`, "HOME = \"/tmp\"\nOLLAMA_DEBUG = \"1\"", "loader.env.OLLAMA_DEBUG"},
		"environment's value":   {`HOME = "/tmp"`, `HOME = "/phallama/state"`, "loader.env.HOME"},
		"passthrough":           {"[sgx]", "[loader.env.X]\npassthrough = true\n\n[sgx]", "loader.env.X"},
		"passthrough of ours":   {"HOME = \"/tmp\"\n", "HOME = { passthrough = true }\n", "loader.env.HOME"},
		"environment of a file": {`log_level = "error"`, "env_src_file = \"file:/x\"\nlog_level = \"error\"", "loader.env_src_file"},
		"entry point":           {`entrypoint = "/phallama/podd"`, `entrypoint = "/bin/sh"`, "libos.entrypoint"},
		"root of the host":      {`type = "tmpfs"` + "\n", `type = "chroot"` + "\nuri = \"file:/\"\n", "fs.root.type"},
		"an encrypted mount":    {`{ path = "/phallama/state", uri`, `{ path = "/phallama/state", type = "encrypted", uri`, "fs.mounts"},
		"a mount of the host":   {`uri = "file:/phallama/state"`, `uri = "file:/etc"`, "fs.mounts"},
		"a mount of two dots":   {`uri = "file:/phallama/state"`, `uri = "file:/phallama/../phallama/state"`, "fs.mounts"},
		"a place twice":         {`path = "/phallama/state"`, `path = "/phallama/models"`, "fs.mounts"},
		"no tmpfs":              {"    { path = \"/tmp\", type = \"tmpfs\" },\n", "", "fs.mounts"},
		"another binary":        {`{ path = "/phallama/podd", uri = "file:/phallama/podd" }`, `{ path = "/phallama/podd", uri = "file:/phallama/state" }`, "sgx.trusted_files"},
		"an allowed binary":     {"    \"file:/phallama/operator.json\",\n", "    \"file:/phallama/operator.json\",\n    \"file:/phallama/podd\",\n", "sgx.allowed_files"},
		"a file of no use":      {"[[sgx.trusted_files]]\nuri = \"file:/phallama/podd\"\n", "[[sgx.trusted_files]]\nuri = \"file:/etc/passwd\"\nsha256 = \"" + Digest{9}.String() + "\"\n\n[[sgx.trusted_files]]\nuri = \"file:/phallama/podd\"\n", "sgx.trusted_files"},
		"a file of two dots":    {`uri = "file:/phallama/lib/libc.so.6"`, `uri = "file:/phallama/lib/../lib/libc.so.6"`, "sgx.trusted_files"},
		"no LibOS":              {`gramine/libsysdb.so"`, `gramine/libother.so"`, "loader.entrypoint.uri"},
		"LibOS's sum":           {"sha256 = \"" + Digest{3}.String(), "sha256 = \"03", "loader.entrypoint.sha256"},
		"size":                  {`"16G"`, `"24G"`, "sgx.enclave_size"},
		"a small size":          {`"16G"`, `"256M"`, "sgx.enclave_size"},
		"few threads":           {"max_threads = 64", "max_threads = 4", "sgx.max_threads"},
		"no product":            {"isvprodid = 1", "isvprodid = 0", "sgx.isvprodid"},
		"no version":            {"isvsvn = 1", "isvsvn = 0", "sgx.isvsvn"},
		"statistics":            {"enable_stats = false", "enable_stats = true", "sgx.enable_stats"},
		"profile":               {"[sgx.cpu_features]", "[sgx.profile]\nenable = \"all\"\n\n[sgx.cpu_features]", "sgx.profile.enable"},
		"protection keys":       {`pkru = "disabled"`, `pkru = "required"`, "sgx.cpu_features.pkru"},
		"children":              {"disallow_subprocesses = true", "disallow_subprocesses = false", "sys.disallow_subprocesses"},
		"mocked calls":          {"[sys.stack]", "[[sys.debug__mock_syscalls]]\nname = \"fsync\"\n\n[sys.stack]", "sys.debug__mock_syscalls"},
		"experiments":           {"enable_sigterm", "experimental__enable_flock = true\nenable_sigterm", "sys.experimental__enable_flock"},
		"stack":                 {`size = "8M"`, `size = "64K"`, "sys.stack.size"},
		"something of no name":  {"[sys]", "[other]\nx = 1\n\n[sys]", "other.x"},
		"an empty table":        {"[sys]", "[other]\n\n[sys]", "other"},
	} {
		text := strings.Replace(good, c.before, c.after, 1)
		if text == good {
			t.Errorf("%s: nothing was changed", name)
			continue
		}
		var broken *RulesError
		if err := reparse(t, text).Check(); !errors.As(err, &broken) {
			t.Errorf("%s: got %v", name, err)
		} else if broken.Violations[0].Key != c.key && broken.Violations[len(broken.Violations)-1].Key != c.key {
			t.Errorf("%s: got %v, want %s", name, err, c.key)
		}
	}
	if err := reparse(t, good).Check(); err != nil {
		t.Error(err)
	}
}

// TestTemplateNeedsAll: every line of what the template gives is one that a rule wants, so leaving one out is seen.
func TestTemplateNeedsAll(t *testing.T) {
	for name, v := range map[string]Values{"static": values(), "dynamic": dynamic()} {
		canonical := string(render(t, v).Canonical())
		left := 0
		for line := range strings.Lines(canonical) {
			// Names with a value of their own; LD_LIBRARY_PATH is not needed where nothing is linked. What has a default
			// of Gramine's that is also the rule's may be left out.
			key, value, ok := strings.Cut(strings.TrimSpace(line), " = ")
			if !ok || value == "[" || strings.HasPrefix(key, "{") || key == "LD_LIBRARY_PATH" || key == "uri" || key == "sha256" {
				continue
			}
			m, err := Parse([]byte(strings.Replace(canonical, line, "", 1)))
			if err == nil {
				err = m.Check()
			}
			if err == nil {
				left++
				if !strings.Contains("debug edmm_enable enable_stats amx avx avx512 mpx pkru", key) {
					t.Errorf("%s: %q can be left out", name, line)
				}
			}
		}
		if left != 8 {
			t.Errorf("%s: %d lines can be left out, want 8", name, left)
		}
	}
}

func TestRenderRefuses(t *testing.T) {
	text := templateText(t)
	var broken *RulesError
	for name, change := range map[string]func(v *Values){
		"size":        func(v *Values) { v.EnclaveSize = "10G" },
		"threads":     func(v *Values) { v.MaxThreads = 0 },
		"product":     func(v *Values) { v.ISVProdID = 0 },
		"libos":       func(v *Values) { v.LibOS.URI = "file:libsysdb.so" },
		"a quotation": func(v *Values) { v.EnclaveSize = "16G\"\nsgx.debug = true #" },
		"a library":   func(v *Values) { v.Libraries = []TrustedFile{{"file:/elsewhere/libc.so.6", Digest{}}} },
	} {
		v := values()
		change(&v)
		if _, err := Render(text, v); !errors.As(err, &broken) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for name, c := range map[string]struct{ text, want string }{
		"no template":     {"{{", "the manifest's template"},
		"an unknown name": {"{{.Nosuch}}", "the manifest's template"},
		"no manifest":     {"x = = 1", "the manifest's template, filled in: manifest: line 1"},
	} {
		if _, err := Render(c.text, values()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
