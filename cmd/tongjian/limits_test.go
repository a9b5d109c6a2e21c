package main

import (
	"testing"

	"github.com/spf13/cobra"

	"tongjian/corpus/extract"
)

// The flags' defaults are those of the reader of files, and what is given reaches it.
func TestLimits(t *testing.T) {
	parsed := func(args ...string) extract.Limits {
		var l limits
		cmd := &cobra.Command{}
		l.flags(cmd)
		if err := cmd.ParseFlags(args); err != nil {
			t.Fatal(err)
		}
		return l.extract()
	}
	got := parsed()
	want := extract.Limits{
		Bytes: extract.DefaultBytes, Unpacked: extract.DefaultUnpacked, Pages: extract.DefaultPages,
		Files: extract.DefaultFiles, Nesting: extract.DefaultNesting, Time: extract.DefaultTime,
	}
	if got.Now != nil || got.Bytes != want.Bytes || got.Unpacked != want.Unpacked || got.Pages != want.Pages || got.Files != want.Files ||
		got.Nesting != want.Nesting || got.Time != want.Time {
		t.Errorf("without flags: got %+v, want %+v", got, want)
	}
	got = parsed("--max-file=1", "--max-unpacked=2", "--max-pages=3", "--max-archive-files=4", "--max-archive-nesting=5", "--max-read-time=6s")
	if got.Bytes != 1<<20 || got.Unpacked != 2<<20 || got.Pages != 3 || got.Files != 4 || got.Nesting != 5 || got.Time.Seconds() != 6 {
		t.Errorf("with flags: got %+v", got)
	}
	for _, command := range []string{"ingest", "parse", "serve"} {
		c, _, err := newRoot(streams{}).Find([]string{command})
		if err != nil || c.Flags().Lookup("max-read-time") == nil {
			t.Errorf("%s has no limits (%v)", command, err)
		}
	}
}
