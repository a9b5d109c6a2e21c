package parse_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	d, _ := os.ReadFile("/tmp/zz.txt")
	for _, l := range strings.Split(strings.TrimSpace(string(d)), "\n") {
		doc := metadataOf(t, strings.ReplaceAll(l, "⏎", "\n"))
		out := ""
		for _, f := range []string{"type", "title", "unit", "party_body", "level", "inspector", "round", "from", "to", "feedback_date", "publication_date", "year", "aspects", "items", "problems", "rectified", "measures_planned", "measures_completed", "accountable"} {
			if v := fieldOf(doc, f); v != "" {
				out += " " + f + "=" + v
			}
		}
		ws := ""
		for _, w := range doc.Warnings {
			ws += " !" + string(w.Code)
		}
		fmt.Println(l, "\n    →", out, ws)
	}
}
