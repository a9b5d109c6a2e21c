package extract

import (
	"bytes"
	"path"
	"strings"
)

// signatures are the first bytes of formats that are not read here, with what users call them.
var signatures = []struct{ prefix, what string }{
	{"%PDF-", "PDF 文件"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "旧版 Office 文件（doc、xls）"},
	{`{\rtf`, "RTF 文件"},
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

// foreignFormat says what a file is that is neither text nor a web page, or "".
func foreignFormat(source string, data []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.prefix)) {
			return s.what
		}
	}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")) {
		return zipFormat(source)
	}
	if utf16Order(data) == "" && looksBinary(data) {
		return "二进制文件"
	}
	return ""
}

// zipFormat names a zip container by the file's name; its content tells no more without unpacking.
func zipFormat(source string) string {
	switch strings.ToLower(path.Ext(source)) {
	case ".docx", ".docm":
		return "Word 文档（docx）"
	case ".xlsx", ".xlsm":
		return "Excel 表格（xlsx）"
	case ".pptx":
		return "PowerPoint 文稿（pptx）"
	case ".ofd":
		return "OFD 版式文件"
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
