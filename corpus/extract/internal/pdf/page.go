package pdf

import "math"

// Glyph is a character on a page. X and End are where it begins and ends on its line, Y is the height of the baseline,
// all in points from the lower left corner of the page as it is shown. Text is never empty; it is U+FFFD where the file
// does not tell the character.
type Glyph struct {
	Text      string
	X, End, Y float64
	Size      float64
}

// Page is what one page shows.
type Page struct {
	Number        int // from 1
	Width, Height float64
	Glyphs        []Glyph // in the order of drawing
	Images        int
	Rules         []Rule
}

// Rule is a horizontal or vertical line, as tables are ruled with.
type Rule struct{ X1, Y1, X2, Y2 float64 }

// Pages calls f for every page in order.
func (f *File) Pages(each func(Page) error) error {
	root := f.dict(f.trailer["Root"])
	if f.dict(root["Pages"]) == nil {
		root = f.findCatalog()
	}
	n := 0
	seen := map[ref]bool{}
	err := f.walkPages(root["Pages"], dict{}, seen, 0, func(d, inherited dict) error {
		if n++; f.meter.Pages > 0 && n > f.meter.Pages {
			return ErrPages
		}
		p := f.readPage(d, inherited)
		p.Number = n
		if f.failed != nil {
			return f.failed
		}
		return each(p)
	})
	if f.failed != nil {
		return f.failed
	}
	return err
}

// findCatalog looks for the root of a file whose trailer is lost.
func (f *File) findCatalog() dict {
	var pages ref
	all := f.numbers()
	for n := range f.packed {
		all = append(all, n)
	}
	for _, n := range all {
		d, _ := f.get(n).(dict)
		switch d["Type"] {
		case name("Catalog"):
			if f.dict(d["Pages"]) != nil {
				return d
			}
		case name("Pages"):
			if d["Parent"] == nil {
				pages = max(pages, n)
			}
		}
	}
	return dict{"Pages": pages}
}

// inheritable are the entries that pages take from the nodes above them.
var inheritable = []name{"Resources", "MediaBox", "CropBox", "Rotate"}

func (f *File) walkPages(node any, above dict, seen map[ref]bool, depth int, page func(d, inherited dict) error) error {
	if n, ok := node.(ref); ok {
		if seen[n] {
			return nil
		}
		seen[n] = true
	}
	d := f.dict(node)
	if d == nil || depth > maxNesting || f.step() {
		return f.failed
	}
	inherited := dict{}
	for _, k := range inheritable {
		if inherited[k] = above[k]; d[k] != nil {
			inherited[k] = d[k]
		}
	}
	kids, ok := f.resolve(d["Kids"]).(array)
	if !ok {
		return page(d, inherited)
	}
	for _, k := range kids {
		if err := f.walkPages(k, inherited, seen, depth+1, page); err != nil {
			return err
		}
	}
	return nil
}

// matrix maps x, y to a*x+c*y+e, b*x+d*y+f.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times returns the matrix that applies m first and n second.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

func (f *File) matrix(v any) matrix {
	list := f.list(v)
	if len(list) != 6 {
		return identity
	}
	var m matrix
	for i := range m {
		m[i] = f.number(list[i], 0)
	}
	return m
}

// frame is a page's box and the matrix that turns the page as it is shown and moves its corner to the origin.
func (f *File) frame(inherited dict) (m matrix, width, height float64) {
	box := [4]float64{0, 0, 595, 842}
	for _, k := range []name{"MediaBox", "CropBox"} {
		if list := f.list(inherited[k]); len(list) == 4 {
			for i := range box {
				box[i] = f.number(list[i], box[i])
			}
		}
	}
	left, right := math.Min(box[0], box[2]), math.Max(box[0], box[2])
	bottom, top := math.Min(box[1], box[3]), math.Max(box[1], box[3])
	width, height = right-left, top-bottom
	m = matrix{1, 0, 0, 1, -left, -bottom}
	switch ((int(f.number(inherited["Rotate"], 0))/90)%4 + 4) % 4 {
	case 1:
		return m.times(matrix{0, -1, 1, 0, 0, width}), height, width
	case 2:
		return m.times(matrix{-1, 0, 0, -1, width, height}), width, height
	case 3:
		return m.times(matrix{0, 1, -1, 0, height, 0}), height, width
	}
	return m, width, height
}

func (f *File) readPage(d, inherited dict) Page {
	m, width, height := f.frame(inherited)
	var content []byte
	for _, v := range f.list(d["Contents"]) {
		if s, ok := f.resolve(v).(*stream); ok {
			data, _, _ := f.decode(s)
			content = append(append(content, data...), '\n')
		}
	}
	p := &painter{f: f, page: Page{Width: width, Height: height}}
	p.run(content, f.dict(inherited["Resources"]), m, 0)
	p.upright()
	return p.page
}
