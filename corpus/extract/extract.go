package extract

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"time"

	"tongjian/corpus"
)

// Limits bound what a file may cost. A zero field means its default.
type Limits struct {
	// Bytes is the largest file that is read; 50 MB by default.
	Bytes int64
	// Depth is how deep elements may nest before their markup is ignored; 256 by default. Text below is kept, but in office
	// formats, which never nest so deep.
	Depth int
	// Blocks is the largest number of lines that a file may have; 1,000,000 by default.
	Blocks int
	// Unpacked is the most bytes that the compressed parts of a file, or all files of an archive together, may come to;
	// 200 MB by default.
	Unpacked int64
	// Files is the most entries of an archive, and Nesting how deep archives may stand inside one another; 10,000 and 3 by
	// default.
	Files   int
	Nesting int
	// Pages is the most pages of a file with fixed pages; 5,000 by default.
	Pages int
	// Time is how long reading one file may take; 30 seconds by default. Now tells the time; time.Now where nil.
	Time time.Duration
	Now  func() time.Time
}

// The default limits.
const (
	DefaultBytes    = 50 << 20
	DefaultDepth    = 256
	DefaultBlocks   = 1_000_000
	DefaultUnpacked = 200 << 20
	DefaultFiles    = 10_000
	DefaultNesting  = 3
	DefaultPages    = 5_000
	DefaultTime     = 30 * time.Second
)

func (l Limits) orDefaults() Limits {
	l.Bytes = orElse(l.Bytes, DefaultBytes)
	l.Depth = orElse(l.Depth, DefaultDepth)
	l.Blocks = orElse(l.Blocks, DefaultBlocks)
	l.Unpacked = orElse(l.Unpacked, DefaultUnpacked)
	l.Files = orElse(l.Files, DefaultFiles)
	l.Nesting = orElse(l.Nesting, DefaultNesting)
	l.Pages = orElse(l.Pages, DefaultPages)
	l.Time = orElse(l.Time, DefaultTime)
	if l.Now == nil {
		l.Now = time.Now
	}
	return l
}

func orElse[T int | int64 | time.Duration](limit, standard T) T {
	if limit > 0 {
		return limit
	}
	return standard
}

// accepted names the formats that File reads, for messages.
const accepted = "纯文本（txt）、网页（html）、Word（docx、doc、wps、rtf）、Excel（xlsx、xls）、PDF、OFD，或它们的 zip 压缩包"

// File reads the content of a file. The error is a *corpus.Error of kind Unsupported where the format is not read,
// TooLarge beyond the limits, or Invalid where there is nothing to read. An archive is read where it holds one document;
// Files reads those with more.
func File(name string, data []byte, lim Limits) (*corpus.Extract, error) {
	lim = lim.orDefaults()
	source := baseName(name)
	if err := lim.checkSize(source, int64(len(data))); err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, invalid(source, "是空文件")
	}
	if IsArchive(data) {
		return only(source, data, lim)
	}
	return readFile(source, data, lim)
}

// readFile reads a file that is no archive of files.
func readFile(source string, data []byte, lim Limits) (*corpus.Extract, error) {
	if read := readerOf(source, data); read != nil {
		return guard(read, source, data, lim)
	}
	if what := foreignFormat(source, data); what != "" {
		return nil, unsupported(source, what)
	}
	if looksLikeHTML(source, data) {
		return readHTML(source, data, lim)
	}
	if what := markedFormat(data); what != "" {
		return nil, unsupported(source, what)
	}
	return readText(source, data, lim)
}

func (l Limits) checkSize(source string, size int64) error {
	if size <= l.Bytes {
		return nil
	}
	return &corpus.Error{
		Kind: corpus.TooLarge, Position: -1, Param: "file", Value: source,
		Message:  fmt.Sprintf("文件“%s”有 %.1f MB，超过上限", source, float64(size)/(1<<20)),
		Expected: fmt.Sprintf("不超过 %.1f MB", float64(l.Bytes)/(1<<20)),
	}
}

func baseName(name string) string {
	return path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), `\`, "/"))
}

func invalid(source, why string) error {
	return &corpus.Error{
		Kind: corpus.Invalid, Position: -1, Param: "file", Value: source,
		Message: fmt.Sprintf("文件“%s”%s", source, why),
	}
}

func unsupported(source, what string) error {
	return &corpus.Error{
		Kind: corpus.Unsupported, Position: -1, Param: "file", Value: source,
		Message:  fmt.Sprintf("不能读取文件“%s”：看起来是%s", source, what),
		Expected: accepted,
	}
}
