package web

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestColoursCanBeRead works out the contrast of every pair of colours that stand on each other, light, dark and in print,
// from the tokens of the style sheet: at least 4.5 to 1.
func TestColoursCanBeRead(t *testing.T) {
	css, err := fs.ReadFile(static, "static/tongjian.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, printed := themes(string(css))
	pairs := [][2]string{
		{"ink", "paper"}, {"muted", "paper"}, {"accent", "paper"}, {"ink", "wash"}, {"muted", "wash"}, {"accent", "wash"},
		{"ink", "mark"}, {"accent", "mark"}, {"paper", "accent"}, {"muted", "mark"},
	}
	for i := range 8 {
		n := strconv.Itoa(i)
		pairs = append(pairs, [2]string{"on-q" + n, "q" + n})
	}
	for name, theme := range map[string]map[string]string{"light": light, "dark": dark, "print": printed} {
		for _, p := range pairs {
			if got := contrast(t, theme[p[0]], theme[p[1]]); got < 4.5 {
				t.Errorf("%s: %s %s on %s %s has a contrast of %.2f, want 4.5", name, p[0], theme[p[0]], p[1], theme[p[1]], got)
			}
		}
	}
}

var token = regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{3,6});`)

// themes reads the tokens of the three :root blocks; dark and print begin with the light ones.
func themes(css string) (light, dark, printed map[string]string) {
	blocks := strings.Split(css, ":root {")
	light = tokens(blocks[1], nil)
	dark = tokens(blocks[2], light)
	printed = tokens(blocks[3], light)
	return light, dark, printed
}

func tokens(block string, base map[string]string) map[string]string {
	block, _, _ = strings.Cut(block, "}")
	out := map[string]string{}
	for k, v := range base {
		out[k] = v
	}
	for _, m := range token.FindAllStringSubmatch(block, -1) {
		out[m[1]] = m[2]
	}
	return out
}

// contrast is the ratio of WCAG 2: (L1 + 0.05) / (L2 + 0.05).
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 4 {
		hex = "#" + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:3], 2) + strings.Repeat(hex[3:4], 2)
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("colour %q: %v", hex, err)
	}
	channel := func(shift uint) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}
