package extract

import (
	"archive/zip"
	"bytes"
	"path"
	"strings"
)

// signatures are the first bytes of formats that are not read here, with what users call them.
var signatures = []struct{ prefix, what string }{
	{"\x89PNG\r\n", "PNG 图片"},
	{"\xFF\xD8\xFF", "JPEG 图片"},
	{"GIF8", "GIF 图片"},
	{"II*\x00", "TIFF 图片"},
	{"MM\x00*", "TIFF 图片"},
	{"Rar!\x1A\x07", "RAR 压缩包"},
	{"7z\xBC\xAF\x27\x1C", "7z 压缩包"},
	{"\x1F\x8B", "gzip 压缩包"},
	{"SQLite format 3\x00", "SQLite 数据库"},
	{"\x7FELF", "可执行文件"},
	{"MZ\x90\x00", "可执行文件"},
}

// readerOf returns what reads a file that is neither text nor a web page, nil where nothing does.
func readerOf(source string, data []byte) reading {
	switch {
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return readPDF
	case bytes.HasPrefix(data, []byte(oleSignature)):
		return readOLE
	case isRTF(data):
		return readRTF
	case isMHT(data):
		return readMHT
	case isXMLBook(data):
		return readXMLBook
	case isZip(data):
		switch zipFormat(data) {
		case formatDocx:
			return readDocx
		case formatXlsx:
			return readXlsx
		case formatOFD:
			return readOFD
		}
	}
	return nil
}

// foreignFormat says what a file is that is neither text nor a web page, or "".
func foreignFormat(source string, data []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.prefix)) {
			return s.what
		}
	}
	if isZip(data) {
		return zipName(zipFormat(data))
	}
	if utf16Order(data) == "" && looksBinary(data) {
		return "二进制文件"
	}
	if ext := strings.ToLower(path.Ext(source)); foreignNames[strings.TrimPrefix(ext, ".")] {
		return ext[1:] + " 文件，不是文档"
	}
	return ""
}

func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

// foreignNames are the names' endings of text files that are no documents.
var foreignNames = func() map[string]bool {
	set := map[string]bool{}
	for _, ext := range strings.Fields(`json jsonl ndjson geojson csv tsv psv xml xsd xsl xslt rss atom svg css scss sass less js mjs cjs ts tsx jsx vue
		go py pyw ipynb java kt scala groovy c h cc cpp hpp cxx cs m swift rs rb pl pm php lua r jl sh bash zsh fish bat cmd ps1 vbs sql
		log ini cfg conf toml yaml yml properties env lock mod sum tex bib po pot srt vtt ass ics vcf eml mbox pem crt key diff patch
		makefile mk cmake gradle dockerfile tf proto graphql wat asm s d lisp clj ex exs erl hs ml fs dart`) {
		set[ext] = true
	}
	return set
}()

// The formats that come in a zip container.
const (
	formatArchive = "zip"
	formatDocx    = "docx"
	formatXlsx    = "xlsx"
	formatPptx    = "pptx"
	formatOFD     = "ofd"
	formatODF     = "odf"
)

// zipFormat tells the format in a zip container by its parts.
func zipFormat(data []byte) string {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return formatArchive
	}
	office, manifest, content, format := false, false, false, formatArchive
	for _, f := range r.File {
		switch name := partName(f.Name); {
		case name == "[content_types].xml":
			office = true
		case name == "ofd.xml":
			return formatOFD
		case name == "meta-inf/manifest.xml":
			manifest = true
		case name == "content.xml":
			content = true
		case strings.HasPrefix(name, "word/"):
			format = formatDocx
		case strings.HasPrefix(name, "xl/"):
			format = formatXlsx
		case strings.HasPrefix(name, "ppt/"):
			format = formatPptx
		}
	}
	switch {
	case manifest && content:
		return formatODF
	case !office:
		return formatArchive
	}
	return format
}

// zipName is what users call a format.
func zipName(format string) string {
	switch format {
	case formatPptx:
		return "PowerPoint 文稿（pptx）"
	case formatODF:
		return "ODF 文档（odt、ods）"
	}
	return "zip 压缩包"
}

// looksBinary reports whether the beginning of data has control characters that no text has. One NUL is damage; a
// twentieth of such bytes is no text in any encoding.
func looksBinary(data []byte) bool {
	head := data[:min(len(data), 64<<10)]
	n := 0
	for _, b := range head {
		if b < 0x09 || (b > 0x0D && b < 0x20 && b != 0x1B) || b == 0x7F {
			n++
		}
	}
	return n*20 > len(head)
}

// htmlOpenings begin a page; matched in lower case after blanks and the byte order mark.
var htmlOpenings = []string{
	"<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<table", "<div", "<p>", "<p ", "<article", "<h1", "<span", "<script",
}

// markedFormat says what a text is that begins as a format of markup does which is not read, or "".
func markedFormat(data []byte) string {
	head := strings.TrimLeft(asciiHead(data, 1024), " \t\r\n")
	switch {
	case strings.HasPrefix(head, "<?xml") && strings.Contains(head, "progid=\"Word"):
		return "Word 2003 XML 文档，请另存为 docx"
	case strings.HasPrefix(head, "<?xml"):
		return "XML 文件"
	}
	return ""
}

// looksLikeHTML tells a web page by its first element, by an early <html>, or by its name where there are tags at all.
func looksLikeHTML(source string, data []byte) bool {
	head := strings.ToLower(asciiHead(data, 4096))
	trimmed := strings.TrimLeft(head, " \t\r\n")
	for strings.HasPrefix(trimmed, "<!--") || strings.HasPrefix(trimmed, "<?xml") {
		_, after, ok := strings.Cut(trimmed, ">")
		if !ok {
			break
		}
		trimmed = strings.TrimLeft(after, " \t\r\n")
	}
	for _, o := range htmlOpenings {
		if strings.HasPrefix(trimmed, o) {
			return true
		}
	}
	if strings.Contains(head, "<html") && strings.Contains(head, "<head") {
		return true
	}
	switch strings.ToLower(path.Ext(source)) {
	case ".html", ".htm", ".shtml", ".xhtml", ".jhtml":
		return strings.Contains(head, "</") || strings.Contains(head, "<p") || strings.Contains(head, "<br")
	}
	return false
}

// asciiHead returns the ASCII characters among the first n bytes, whatever the encoding: markup is ASCII in all of
// those read here, and UTF-16 only adds NUL bytes.
func asciiHead(data []byte, n int) string {
	out := make([]byte, 0, n)
	for _, b := range data[:min(len(data), n)] {
		if b != 0 && b < 0x80 {
			out = append(out, b)
		}
	}
	return string(out)
}
