package integration_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/phallama/phallama/engine/gate"
	"github.com/phallama/phallama/engine/patch"
	"github.com/phallama/phallama/meter"
	"github.com/phallama/phallama/protocol"
)

type route struct{ method, path string }

// registered reads from the patched source which routes Ollama's server has.
func registered(t *testing.T) []route {
	t.Helper()
	const file = "server/routes.go"
	out, err := exec.Command("go", "mod", "download", "-json", patch.Module+"@"+patch.Version).Output()
	var module struct{ Dir string }
	if jerr := json.Unmarshal(out, &module); err != nil || jerr != nil {
		t.Fatalf("go mod download: %v, %v", err, jerr)
	}
	src, err := os.ReadFile(filepath.Join(module.Dir, file))
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "server"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, file), src, 0o644); err != nil {
		t.Fatal(err)
	}
	edits := slices.DeleteFunc(slices.Clone(patch.Ollama), func(e patch.Edit) bool { return e.File != file })
	if err := patch.Apply(root, edits); err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var all []route
	for _, d := range parsed.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Name.Name != "GenerateRoutes" {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if on, ok := sel.X.(*ast.Ident); !ok || on.Name != "r" || sel.Sel.Name == "Use" {
				return true
			}
			methods := []string{http.MethodGet, http.MethodPost, http.MethodHead, http.MethodDelete, http.MethodPut, http.MethodPatch, http.MethodOptions}
			text, ok := call.Args[0].(*ast.BasicLit)
			if !ok || !slices.Contains(methods, sel.Sel.Name) {
				t.Errorf("routes are registered in a way that this test does not read: r.%s", sel.Sel.Name)
				return true
			}
			path, err := strconv.Unquote(text.Value)
			if err != nil {
				t.Error(err)
			}
			all = append(all, route{sel.Sel.Name, path})
			return true
		})
	}
	for _, known := range []route{{"POST", "/api/chat"}, {"POST", "/api/pull"}, {"DELETE", "/api/delete"}, {"GET", "/v1/models/:model"}} {
		if !slices.Contains(all, known) {
			t.Fatalf("%v is not among the routes read: %v", known, all)
		}
	}
	return all
}

// concrete fills in a route's parameters.
func (r route) concrete() string {
	parts := strings.Split(r.path, "/")
	for i, p := range parts {
		switch {
		case p == ":digest":
			parts[i] = "sha256:" + strings.Repeat("0", 64)
		case strings.HasPrefix(p, ":"):
			parts[i] = "wisp"
		}
	}
	return strings.Join(parts, "/")
}

// refusedBody is one that a management route would take.
var refusedBody = map[string]any{
	"model": "wisp", "name": "wisp", "source": "wisp", "destination": "copy", "messages": []message{{"user", "hello"}},
	"prompt": "hello", "input": "hello", "max_tokens": 8,
}

// Every route that Ollama has and the allow-list has not is answered with 404, or 405 where the path is allowed with
// another method.
func TestOllamasOtherRoutes(t *testing.T) {
	routes := registered(t)
	e := start(t, nil)
	for _, r := range routes {
		method, known := gate.Routes[r.path]
		want := http.StatusNotFound
		switch {
		case method == r.method:
			continue
		case known:
			want = http.StatusMethodNotAllowed
		}
		if resp := e.do(t, r.method, r.concrete(), refusedBody); resp.StatusCode != want {
			t.Errorf("%s %s gave %s, want %d", r.method, r.path, resp.Status, want)
		}
	}
}

// In a pod, no route of Ollama's exists outside the envelope, and inside it only those that are metered, and the one that shows a model.
func TestOllamasRoutesInAPod(t *testing.T) {
	routes := registered(t)
	p := startPod(t, nil)
	served := 0
	for _, r := range routes {
		req, err := http.NewRequest(r.method, "http://"+p.ready.Listen+r.concrete(), strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusNotFound {
			t.Errorf("outside: %s %s gave %s", r.method, r.path, resp.Status)
		}
		status, text := p.whole(t, r.method, r.concrete(), refusedBody)
		metered := r.method == http.MethodPost && (meter.Metered(r.path) || r.path == protocol.PathShow)
		switch {
		case metered && status == http.StatusOK:
			served++
		case metered || status != http.StatusNotFound:
			t.Errorf("inside: %s %s gave %d %s", r.method, r.path, status, text)
		}
	}
	if want := len(meter.Paths()) + 1; served != want {
		t.Errorf("%d routes served, want %d", served, want)
	}
}
