package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// What the README names exists, and what exists is named there.
func TestReadmeIsTrue(t *testing.T) {
	root := newRoot(streams{})
	commands := map[string]*cobra.Command{}
	for _, c := range root.Commands() {
		if c.Name() != "help" && c.Name() != "completion" {
			commands[c.Name()] = c
		}
	}
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		text := readRoot(t, name)
		named := map[string]bool{}
		for _, row := range regexp.MustCompile("(?m)^\\| `([a-z]+)(.*?)` \\|").FindAllStringSubmatch(text, -1) {
			c, ok := commands[row[1]]
			if !ok {
				t.Errorf("%s names the command %s, which does not exist", name, row[1])
				continue
			}
			named[row[1]] = true
			checkFlags(t, name, c, row[2])
		}
		for command := range commands {
			if !named[command] {
				t.Errorf("%s does not name the command %s", name, command)
			}
		}
		for _, line := range regexp.MustCompile(`(?m)tongjian ([a-z]+) (.*)$`).FindAllStringSubmatch(text, -1) {
			if c, ok := commands[line[1]]; ok {
				checkFlags(t, name, c, line[2])
			}
		}
	}
}

func checkFlags(t *testing.T, where string, c *cobra.Command, usage string) {
	t.Helper()
	usage, _, _ = strings.Cut(usage, "#")
	if sub, _, err := c.Find(strings.Fields(usage)); err == nil {
		c = sub
	}
	for _, flag := range regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(usage, -1) {
		if c.Flags().Lookup(flag[1]) == nil {
			t.Errorf("%s gives %s the flag --%s, which it does not have", where, c.Name(), flag[1])
		}
	}
}

// Every package that the README lists is there, and every package of the table of import edges is listed.
func TestReadmeListsPackages(t *testing.T) {
	text := readRoot(t, "README.md")
	_, organised, _ := strings.Cut(text, "## How the code is organised")
	organised, _, _ = strings.Cut(organised, "\n## ")
	listed := map[string]bool{}
	for _, m := range regexp.MustCompile("`([a-z]+(?:/[a-z]+)*)`:").FindAllStringSubmatch(organised, -1) {
		listed[m[1]] = true
		if _, err := os.Stat(filepath.Join("..", "..", m[1])); err != nil {
			t.Errorf("README lists the package %s: %v", m[1], err)
		}
	}
	for pkg := range allowed {
		// Parts of the pages are told of with them.
		if !listed[pkg] && !strings.HasPrefix(pkg, "api/web/") {
			t.Errorf("README does not list the package %s", pkg)
		}
	}
}

// Every flag says in Chinese what it is for: it is all that a user sees of it.
func TestFlagsSayWhatTheyDo(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	for _, c := range newRoot(streams{}).Commands() {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" && !han.MatchString(f.Usage) {
				t.Errorf("%s --%s: usage %q", c.Name(), f.Name, f.Usage)
			}
		})
	}
}

func readRoot(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
