package extract

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"tongjian/corpus"
	"tongjian/corpus/extract/internal/pdf"
)

// readPDF reads a PDF with a text layer: its lines by their places, joined to paragraphs, and its ruled tables. Running
// headers, footers and page numbers are left out. A file of images has the error that it must be recognised first.
func readPDF(source string, data []byte, bud *budget) (*corpus.Extract, error) {
	f, err := pdf.Open(data, pdf.Meter{Step: bud.tick, Unpacked: bud.take, Pages: bud.lim.Pages})
	if err != nil {
		return nil, pdfError(bud, err)
	}
	var pages []pagePart
	var on flow
	var images []int
	glyphs, lost := 0, 0
	err = f.Pages(func(p pdf.Page) error {
		for _, g := range p.Glyphs {
			if glyphs++; strings.ContainsRune(g.Text, '\uFFFD') {
				lost++
			}
		}
		if len(p.Glyphs) == 0 && p.Images > 0 {
			images = append(images, p.Number)
		}
		pages = append(pages, layPage(placedGlyphs(p), rulesOf(p), p.Height, &on))
		return bud.look()
	})
	switch {
	case err != nil:
		return nil, pdfError(bud, err)
	case glyphs == 0:
		return nil, needsOCR(source, "没有文字层，可能是扫描件")
	case lost*5 > glyphs:
		return nil, needsOCR(source, "的字体没有说明文字编码，读不出文字")
	}
	b := &builder{limit: bud.lim.Blocks}
	writePages(b, pages)
	x, err := b.extract(source, "pdf", decoded{encoding: encUTF8})
	if err != nil {
		return nil, err
	}
	x.Warnings = append(decoded{text: x.Text}.warnings(), imagePages(images)...)
	x.Properties = mergeProperties(append(labelled(x.Text, x.Blocks), tableProperties(x)...), pdfProperties(f))
	return x, nil
}

func pdfError(bud *budget, err error) error {
	switch {
	case errors.Is(err, pdf.ErrEncrypted):
		return encrypted(bud.source)
	case errors.Is(err, pdf.ErrPages):
		n := fmt.Sprintf("%d 页", bud.lim.Pages)
		return bud.tooLarge("pages", "的页数超过上限 "+n, "不超过 "+n)
	}
	return err
}

// CodeNeedsOCR is the code of the error for a file whose pages are images.
const CodeNeedsOCR = "needs_ocr"

func needsOCR(source, why string) error {
	return &corpus.Error{
		Kind: corpus.Unsupported, Code: CodeNeedsOCR, Position: -1, Param: "file", Value: source,
		Message:  fmt.Sprintf("文件“%s”%s，需要先做文字识别（OCR）", source, why),
		Expected: "带文字层的 PDF",
	}
}

// imagePages warns of pages that are images in a file that has text otherwise.
func imagePages(numbers []int) []corpus.Warning {
	if len(numbers) == 0 {
		return nil
	}
	n := len(numbers)
	list := strings.Trim(strings.ReplaceAll(fmt.Sprint(numbers[:min(n, 10)]), " ", "、"), "[]")
	if n > 10 {
		list += " 等"
	}
	return []corpus.Warning{{
		Code: corpus.TextDamaged, Found: &n, Message: fmt.Sprintf("有 %d 页是图片（第 %s 页），没有读取，需要文字识别", n, list),
	}}
}

// pdfProperties reads the title and the date that the file carries about itself.
func pdfProperties(f *pdf.File) []corpus.Property {
	var out []corpus.Property
	if title := oneLine(strings.TrimPrefix(f.Info("Title"), "Microsoft Word - ")); title != "" && len(title) <= maxLabelLine {
		out = append(out, corpus.Property{Name: "title", Value: title})
	}
	if d := strings.TrimPrefix(f.Info("CreationDate"), "D:"); len(d) >= 8 && strings.Trim(d[:8], "0123456789") == "" {
		out = append(out, corpus.Property{Name: "created", Value: d[:4] + "-" + d[4:6] + "-" + d[6:8]})
	}
	return out
}

// placedGlyphs takes the characters of a page that lie on it.
func placedGlyphs(p pdf.Page) []placed {
	out := make([]placed, 0, len(p.Glyphs))
	for _, g := range p.Glyphs {
		if g.Size < 0.5 || g.Y < -g.Size || g.Y > p.Height+g.Size || g.X < -g.Size || g.X > p.Width+g.Size {
			continue
		}
		out = append(out, placed{text: foldRadicals(g.Text), x: g.X, end: math.Max(g.End, g.X), y: g.Y, size: g.Size})
	}
	return out
}

func rulesOf(p pdf.Page) []rule {
	out := make([]rule, len(p.Rules))
	for i, r := range p.Rules {
		out[i] = rule{r.X1, r.Y1, r.X2, r.Y2}
	}
	return out
}
