package gateway_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/phallama/phallama/gateway"
)

// The page is for browsers on this machine. Tools that ask for / get Ollama's words, and no page of the Web gets anything.
func TestPage(t *testing.T) {
	asked := ""
	page := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = r.URL.Path })
	const browser = "text/html,application/xhtml+xml,*/*;q=0.8"
	for _, c := range []struct {
		what         string
		config       gateway.Config
		method, path string
		host, origin string
		accept       string
		status       int
		page         string // what it was asked for
	}{
		{"the page", gateway.Config{Page: page}, "GET", "/ui/", "localhost", "", browser, 200, "/ui/"},
		{"one of its files", gateway.Config{Page: page}, "GET", "/ui/assets/x.js", "127.0.0.1:11435", "http://127.0.0.1:11435", "*/*", 200, "/ui/assets/x.js"},
		{"a browser at the root", gateway.Config{Page: page}, "GET", "/", "localhost", "", browser, 303, ""},
		{"without the slash", gateway.Config{Page: page}, "GET", "/ui", "localhost", "", "*/*", 303, ""},
		{"a tool at the root", gateway.Config{Page: page}, "GET", "/", "localhost", "", "*/*", 200, ""},
		{"a tool that posts there", gateway.Config{Page: page}, "POST", "/", "localhost", "", browser, 405, ""},
		{"another path", gateway.Config{Page: page}, "GET", "/uix", "localhost", "", browser, 404, ""},
		{"under a foreign name", gateway.Config{Page: page}, "GET", "/ui/", "evil.example", "", browser, 403, ""},
		{"by a foreign page", gateway.Config{Page: page}, "GET", "/ui/api/pods", "localhost", "https://evil.example", "*/*", 403, ""},
		{"where a key is needed, its files", gateway.Config{Page: page, RequireKey: true}, "GET", "/ui/", "localhost", "", browser, 200, "/ui/"},
		{"and what they ask", gateway.Config{Page: page, RequireKey: true}, "GET", "/ui/api/pods", "localhost", "", browser, 401, ""},
		{"under a name of its own, by itself", gateway.Config{Page: page, Hosts: []string{"gateway.lan"}}, "GET", "/ui/api/pods", "gateway.lan:11435", "http://gateway.lan:11435", "*/*", 200, "/ui/api/pods"},
		{"under a name of its own, by another", gateway.Config{Page: page, Hosts: []string{"gateway.lan"}}, "GET", "/ui/api/pods", "gateway.lan:11435", "http://gateway.lan:8080", "*/*", 403, ""},
		{"where there is none", gateway.Config{}, "GET", "/ui/", "localhost", "", browser, 404, ""},
		{"a browser where there is none", gateway.Config{}, "GET", "/", "localhost", "", browser, 200, ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			asked = ""
			r := httptest.NewRequest(c.method, "http://"+c.host+c.path, http.NoBody)
			r.Header.Set("Accept", c.accept)
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			w := httptest.NewRecorder()
			gateway.Handler(c.config).ServeHTTP(w, r)
			if w.Code != c.status || asked != c.page {
				t.Errorf("%d, the page was asked for %q, want %d and %q\n%s", w.Code, asked, c.status, c.page, w.Body)
			}
			if c.status == http.StatusSeeOther && w.Header().Get("Location") != gateway.PagePath {
				t.Errorf("sent to %q", w.Header().Get("Location"))
			}
			if c.status == http.StatusOK && c.path == "/" && !strings.Contains(w.Body.String(), "Ollama is running") {
				t.Errorf("%s", w.Body)
			}
		})
	}
}
