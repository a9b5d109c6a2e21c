package parse_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"tongjian/corpus"
	"tongjian/corpus/gazetteer"
	"tongjian/corpus/parse"
)

var update = flag.Bool("update", false, "write what the parser says into the test documents")

// heldOut are the documents that were not looked at while the rules were made; see testdata/README.md.
var heldOut = map[string]bool{"a07": true, "a10": true, "a14": true, "c02": true, "e01": true,
	"n02": true, "n03": true, "n04": true, "n05": true, "n07": true, "n08": true, "n09": true, "n11": true, "n12": true, "n13": true, "n14": true,
	"r01": true, "r02": true, "r06": true,
	"s01": true, "s02": true, "s04": true, "s05": true,
	"t01": true, "t02": true, "t04": true, "t05": true, "t07": true, "t08": true,
	"u02": true, "u03": true, "u04": true, "u06": true,
	"v01": true, "v02": true, "v03": true, "v04": true, "v05": true, "v06": true,
	"w05": true,
	"x01": true, "x02": true, "x03": true, "x04": true, "x05": true}

// structural are the codes of the warnings that the structure gives; the documents list those that must occur.
var structural = map[corpus.WarningCode]bool{corpus.CountDiffers: true, corpus.NumberingGap: true, corpus.NumberingRepeat: true,
	corpus.DuplicateFinding: true, corpus.NoFinding: true, corpus.LookAlike: true, corpus.ClaimDiffers: true}

func TestGolden(t *testing.T) {
	for _, path := range documents(t) {
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		t.Run(name, func(t *testing.T) {
			archive := readArchive(t, path)
			doc := parse.New(gazetteer.Default()).Parse(extractOf(t, archive), "0000000000000000")
			checkInvariants(t, doc)
			got := dump(doc)
			if *update {
				writeGolden(t, path, archive, got)
				return
			}
			if diff := cmp.Diff(goldenOf(archive), got); diff != "" {
				t.Errorf("want -, got +:\n%s\n%s", diff, remarks(doc))
			}
		})
	}
}

// TestHeldOut reports how many findings are read exactly right, apart in the documents that the rules were made with and
// in those that were held out.
func TestHeldOut(t *testing.T) {
	right, all := map[bool]int{}, map[bool]int{}
	for _, path := range documents(t) {
		archive := readArchive(t, path)
		doc := parse.New(gazetteer.Default()).Parse(extractOf(t, archive), "0000000000000000")
		held := heldOut[filepath.Base(path)[:3]]
		want, got := blocks(goldenOf(archive)), blocks(dump(doc))
		have := map[string]int{}
		for _, b := range got {
			have[b]++
		}
		for _, b := range want {
			if have[b] > 0 {
				have[b]--
				right[held]++
			}
		}
		all[held] += max(len(want), len(got))
	}
	for _, held := range []bool{false, true} {
		t.Logf("held out %v: %d of %d findings exactly right", held, right[held], all[held])
		if right[held]*10 < all[held]*8 {
			t.Errorf("held out %v: %d of %d findings right, want at least 80%%", held, right[held], all[held])
		}
	}
}

func documents(t testing.TB) []string {
	paths, err := filepath.Glob("testdata/[a-z][0-9][0-9]_*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no test documents: %v", err)
	}
	return paths
}

func readArchive(t testing.TB, path string) *txtar.Archive {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// goldenOf returns the expected part of a test document in the form of dump.
func goldenOf(archive *txtar.Archive) string {
	var b strings.Builder
	warnings := ""
	for _, f := range archive.Files {
		switch f.Name {
		case "findings":
			b.Write(f.Data)
		case "warnings":
			warnings = "-- warnings --\n" + string(f.Data)
		}
	}
	return b.String() + warnings
}

func writeGolden(t *testing.T, path string, archive *txtar.Archive, got string) {
	findings, warnings, found := strings.Cut(got, "-- warnings --\n")
	files := []txtar.File{}
	for _, f := range archive.Files {
		if f.Name != "findings" && f.Name != "warnings" {
			files = append(files, f)
		}
	}
	files = append(files, txtar.File{Name: "findings", Data: []byte(findings)})
	if found {
		files = append(files, txtar.File{Name: "warnings", Data: []byte(warnings)})
	}
	archive.Files = files
	if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// extractOf builds the extract of a test document: lines of text, or the cells of a table.
func extractOf(t testing.TB, archive *txtar.Archive) *corpus.Extract {
	x := &corpus.Extract{Source: "test.txt", Format: "txt", Encoding: "utf-8"}
	for _, f := range archive.Files {
		switch f.Name {
		case "input":
			x.Text = string(f.Data)
			at := 0
			for _, l := range strings.SplitAfter(x.Text, "\n") {
				if strings.TrimSpace(l) != "" {
					x.Blocks = append(x.Blocks, corpus.Block{Kind: corpus.BlockParagraph, Span: corpus.Span{Start: at, End: at + len(strings.TrimSuffix(l, "\n"))}})
				}
				at += len(l)
			}
			return x
		case "blocks":
			blocksExtract(x, string(f.Data))
			return x
		case "ledger":
			ledgerExtract(x, string(f.Data))
			return x
		}
	}
	t.Fatal("test document has neither input nor ledger")
	return nil
}

// blocksExtract builds blocks as the format of a file gives them: "h2 | a heading", "p | a paragraph", "（一） | an item with
// an automatic number".
func blocksExtract(x *corpus.Extract, data string) {
	for _, line := range strings.Split(strings.TrimSpace(data), "\n") {
		kind, text, _ := strings.Cut(line, " | ")
		block := corpus.Block{Kind: corpus.BlockParagraph, Span: corpus.Span{Start: len(x.Text), End: len(x.Text) + len(text)}}
		switch {
		case kind == "p":
		case strings.HasPrefix(kind, "h"):
			block.Kind, block.Level = corpus.BlockHeading, int(kind[1]-'0')
		default:
			block.Number = kind
		}
		x.Text += text + "\n"
		x.Blocks = append(x.Blocks, block)
	}
}

// ledgerExtract writes each cell on a line of its own, as the extractors do. A row of one cell is a paragraph.
func ledgerExtract(x *corpus.Extract, data string) {
	above := map[int]int{}
	row := 0
	for _, line := range strings.Split(strings.TrimSpace(data), "\n") {
		cells := strings.Split(line, " | ")
		for column, cell := range cells {
			cell = strings.TrimSpace(cell)
			if cell == "^" {
				x.Blocks[above[column]].RowSpan++
				continue
			}
			start := len(x.Text)
			x.Text += cell + "\n"
			block := corpus.Block{Kind: corpus.BlockParagraph, Span: corpus.Span{Start: start, End: start + len(cell)}}
			if len(cells) > 1 {
				block.Kind, block.Row, block.Column, block.RowSpan, block.ColSpan = corpus.BlockCell, row, column, 1, 1
				above[column] = len(x.Blocks)
			}
			x.Blocks = append(x.Blocks, block)
		}
		if len(cells) > 1 {
			row++
		}
	}
}

// dump writes the findings of a document in the form of the test documents.
func dump(doc *corpus.Document) string {
	var b strings.Builder
	for _, f := range doc.Findings {
		label := "-"
		if f.Label != "" {
			label = string(f.Label)
		}
		fmt.Fprintf(&b, "%s %s %d", label, f.Status, len(f.Measures))
		if f.LongTerm {
			b.WriteString(" long_term")
		}
		if f.Deemed {
			b.WriteString(" deemed")
		}
		if f.StatusText != "" {
			fmt.Fprintf(&b, " %q", string(f.StatusText))
		}
		b.WriteByte('\n')
		if f.Unit != "" {
			fmt.Fprintf(&b, "  @ %s\n", f.Unit)
		}
		for _, p := range f.Path {
			fmt.Fprintf(&b, "  > %s\n", p)
		}
		fmt.Fprintf(&b, "  = %s\n", f.Statement)
		if f.Deadline != nil {
			fmt.Fprintln(&b, strings.TrimRight("  ! "+f.Deadline.Text+" "+string(f.Deadline.Date), " "))
		}
		if r := f.Responsible; r != nil {
			both := append([]string{}, strings.Join(r.Persons, "、"), strings.Join(r.Departments, "、"))
			fmt.Fprintf(&b, "  & %s\n", strings.Trim(strings.Join(both, " / "), " /"))
		}
		for _, a := range f.Amounts {
			fmt.Fprintf(&b, "  ¥ %s%s %s\n", map[string]string{"about": "~", "over": "+"}[a.Bound], strconv.FormatFloat(a.ValueYuan, 'f', -1, 64), a.Text)
		}
		for _, title := range f.Issued {
			fmt.Fprintf(&b, "  《》 %s\n", title)
		}
	}
	var codes []string
	for _, w := range doc.Warnings {
		if structural[w.Code] {
			codes = append(codes, string(w.Code))
		}
	}
	slices.Sort(codes)
	if len(codes) > 0 {
		b.WriteString("-- warnings --\n" + strings.Join(codes, "\n") + "\n")
	}
	return b.String()
}

// blocks cuts a dump into one string a finding.
func blocks(dump string) []string {
	var list []string
	for _, l := range strings.SplitAfter(dump, "\n") {
		switch {
		case strings.HasPrefix(l, "-- warnings"):
			return list
		case l == "":
		case strings.HasPrefix(l, "  ") && len(list) > 0:
			list[len(list)-1] += l
		default:
			list = append(list, l)
		}
	}
	return list
}

func remarks(doc *corpus.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "type %s unit %s\n", doc.DocType, doc.Unit)
	for _, w := range doc.Warnings {
		fmt.Fprintf(&b, "%s: %s\n", w.Code, w.Message)
	}
	for _, s := range doc.Sections {
		fmt.Fprintf(&b, "section %q %q\n", s.Heading, s.Span.Of(doc.Text))
	}
	return b.String()
}
