package extract

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"tongjian/corpus"
)

// Limits bound what a file may cost. A zero field means its default.
type Limits struct {
	// Bytes is the largest file that is read; 50 MB by default.
	Bytes int64
	// Depth is how deep elements may nest before their markup is ignored; 256 by default. Text below is kept.
	Depth int
	// Blocks is the largest number of lines that a file may have; 1,000,000 by default.
	Blocks int
}

// The default limits.
const (
	DefaultBytes  = 50 << 20
	DefaultDepth  = 256
	DefaultBlocks = 1_000_000
)

func (l Limits) orDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = DefaultBytes
	}
	if l.Depth <= 0 {
		l.Depth = DefaultDepth
	}
	if l.Blocks <= 0 {
		l.Blocks = DefaultBlocks
	}
	return l
}

// accepted names the formats that File reads, for messages.
const accepted = "纯文本（txt）、网页（html）"

// File reads the content of a file. The error is a *corpus.Error of kind Unsupported where the format is not read,
// TooLarge beyond the limits, or Invalid where there is nothing to read.
func File(name string, data []byte, lim Limits) (*corpus.Extract, error) {
	lim = lim.orDefaults()
	source := baseName(name)
	if int64(len(data)) > lim.Bytes {
		return nil, &corpus.Error{
			Kind: corpus.TooLarge, Position: -1, Param: "file", Value: source,
			Message:  fmt.Sprintf("文件“%s”有 %.1f MB，超过上限", source, float64(len(data))/(1<<20)),
			Expected: fmt.Sprintf("不超过 %.1f MB", float64(lim.Bytes)/(1<<20)),
		}
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, invalid(source, "是空文件")
	}
	if what := foreignFormat(source, data); what != "" {
		return nil, unsupported(source, what)
	}
	if looksLikeHTML(source, data) {
		return readHTML(source, data, lim)
	}
	return readText(source, data, lim)
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
