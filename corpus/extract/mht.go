package extract

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"

	"tongjian/corpus"
)

// mailHead matches the beginning of a page that was saved as one file with its pictures, as a mail is.
var mailHead = regexp.MustCompile(`(?i)^\s*(?:(?:from|subject|date|message-id|snapshot-content-location|content-location|x-[a-z-]+|mime-version|content-type|content-transfer-encoding):[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+`)

// isMHT reports whether data is a page saved as one file.
func isMHT(data []byte) bool {
	head := strings.TrimLeft(asciiHead(data, 4096), " \t\r\n")
	found := strings.ToLower(mailHead.FindString(head))
	return strings.Contains(found, "mime-version:") && strings.Contains(found, "content-type:")
}

// errNoPage says that a mail holds no page and no text.
var errNoPage = errors.New("no page in the file")

// mhtPart is a part of a mail that can be read.
type mhtPart struct {
	kind, charset string
	data          []byte
}

// readMHT reads a web page that was saved as one file, as browsers and offices do; offices also name such files .doc and
// .xls. Where it holds several pages, as a workbook has one for each sheet, the one with the most text is read.
func readMHT(source string, data []byte, bud *budget) (*corpus.Extract, error) {
	m, err := mail.ReadMessage(bufio.NewReader(bytes.NewReader(bytes.TrimLeft(data, " \t\r\n\uFEFF"))))
	if err != nil {
		return nil, fmt.Errorf("read head: %w", err)
	}
	var parts []mhtPart
	if err := mhtParts(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, bud, 0, &parts); err != nil && len(parts) == 0 {
		return nil, err
	}
	var best *corpus.Extract
	var failed error
	for _, p := range parts {
		x, err := p.read(source, bud.lim)
		switch {
		case err != nil:
			failed = err
		case best == nil || hanCount(x.Text) > hanCount(best.Text):
			best = x
		}
	}
	switch {
	case best != nil:
		return best, nil
	case failed != nil:
		return nil, failed
	}
	return nil, errNoPage
}

// read reads a part as the page or the text that it is.
func (p mhtPart) read(source string, lim Limits) (*corpus.Extract, error) {
	if p.kind == "text/plain" {
		return readText(source, p.data, lim)
	}
	data := p.data
	if p.charset != "" && declaredCharset(data) == "" {
		data = append([]byte(`<meta charset="`+p.charset+`">`), data...)
	}
	return readHTML(source, data, lim)
}

// mhtParts collects the pages and texts of a mail, and of mails inside it. A file whose end is lost gives what it has.
func mhtParts(contentType, encoding string, body io.Reader, bud *budget, depth int, parts *[]mhtPart) error {
	if depth > bud.lim.Nesting+2 {
		return nil
	}
	kind, options, err := mime.ParseMediaType(contentType)
	if err != nil && kind == "" {
		kind = "text/html"
	}
	if strings.HasPrefix(kind, "multipart/") {
		r := multipart.NewReader(bud.reader(body), options["boundary"])
		for n := 0; n < bud.lim.Files; n++ {
			p, err := r.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return fmt.Errorf("read part: %w", err)
			}
			if err := mhtParts(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, bud, depth+1, parts); err != nil {
				return err
			}
		}
		return nil
	}
	if kind != "text/html" && kind != "text/plain" && kind != "application/xhtml+xml" {
		return nil
	}
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	data, err := io.ReadAll(bud.reader(body))
	if len(data) > 0 {
		*parts = append(*parts, mhtPart{kind: kind, charset: options["charset"], data: data})
	}
	if err != nil && bud.over != nil {
		return err
	}
	return nil
}
