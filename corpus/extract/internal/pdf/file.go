package pdf

import (
	"bytes"
	"errors"
	"slices"
)

// The errors of Open that say what a file is.
var (
	ErrNotPDF    = errors.New("no objects of a PDF file")
	ErrEncrypted = errors.New("encrypted with a password")
	ErrPages     = errors.New("too many pages")
)

// Meter is told what reading costs; an error of Step or Unpacked ends it. Both may be nil.
type Meter struct {
	Step     func() error      // called for each small step of work
	Unpacked func(n int) error // called for each piece of unpacked data
	Pages    int               // the most pages; 0 is no limit
}

// File is an open PDF file.
type File struct {
	data    []byte
	meter   Meter
	offsets map[ref]int // where objects begin
	objects map[ref]any // objects that have been read
	packed  map[ref]packed
	trailer dict
	fonts   map[ref]*font
	failed  error // of the meter

	security *security // nil where the file is not protected
}

// packed is an object that came out of an object stream, and where that stands.
type packed struct {
	at    int
	value any
}

// Open finds the objects of a file.
func Open(data []byte, m Meter) (*File, error) {
	f := &File{data: data, meter: m, offsets: map[ref]int{}, objects: map[ref]any{}, packed: map[ref]packed{}, trailer: dict{}, fonts: map[ref]*font{}}
	f.scan()
	if f.failed != nil {
		return nil, f.failed
	}
	if len(f.offsets) == 0 {
		return nil, ErrNotPDF
	}
	if f.trailer["Encrypt"] != nil {
		if f.security = f.openSecurity(); f.security == nil {
			return nil, ErrEncrypted
		}
	}
	f.unpackObjects()
	return f, f.failed
}

// step counts one step of work; it reports whether reading must end.
func (f *File) step() bool {
	if f.failed == nil && f.meter.Step != nil {
		f.failed = f.meter.Step()
	}
	return f.failed != nil
}

func (f *File) unpacked(n int) bool {
	if f.failed == nil && f.meter.Unpacked != nil {
		f.failed = f.meter.Unpacked(n)
	}
	return f.failed != nil
}

// scan looks for "N G obj" and for trailers through the whole file. Of an object that is defined twice the later
// definition counts, as an updated file has its changes at its end.
func (f *File) scan() {
	mark := []byte("trailer")
	for at := bytes.Index(f.data, mark); at >= 0; {
		v, _ := (&lexer{data: f.data, at: at + len(mark)}).next(0)
		f.addTrailer(v)
		next := bytes.Index(f.data[at+len(mark):], mark)
		if next < 0 || f.step() {
			break
		}
		at += len(mark) + next
	}
	mark = []byte("obj")
	for at := 0; !f.step(); {
		i := bytes.Index(f.data[at:], mark)
		if i < 0 {
			return
		}
		n, ok := f.numberBefore(at + i)
		at += i + len(mark)
		if !ok {
			continue
		}
		f.offsets[n] = at
		v, end := f.parseAt(at)
		if s, ok := v.(*stream); ok && s.dict["Type"] == name("XRef") {
			f.addTrailer(s.dict)
		}
		at = end // bytes of streams may look like objects
	}
}

func (f *File) addTrailer(v any) {
	d, _ := v.(dict)
	for _, key := range []name{"Root", "Info", "Encrypt", "ID"} {
		if d[key] != nil {
			f.trailer[key] = d[key]
		}
	}
}

// numberBefore reads the two numbers in front of "obj".
func (f *File) numberBefore(at int) (ref, bool) {
	i := at - 1
	spaces := func() bool {
		start := i
		for i >= 0 && isSpace(f.data[i]) {
			i--
		}
		return i < start
	}
	digits := func() (int, bool) {
		end := i
		for i >= 0 && f.data[i] >= '0' && f.data[i] <= '9' && end-i < 9 {
			i--
		}
		n := 0
		for _, c := range f.data[i+1 : end+1] {
			n = n*10 + int(c-'0')
		}
		return n, i < end
	}
	spaces()
	if _, ok := digits(); !ok || !spaces() {
		return 0, false
	}
	n, ok := digits()
	return ref(n), ok && n > 0
}

// parseAt reads the object that begins at an offset, and returns where it ends.
func (f *File) parseAt(at int) (any, int) {
	l := &lexer{data: f.data, at: at}
	v, _ := l.next(0)
	d, ok := v.(dict)
	if !ok {
		return v, l.at
	}
	l.skipSpace()
	if !bytes.HasPrefix(f.data[l.at:], []byte("stream")) {
		return v, l.at
	}
	start := l.at + len("stream")
	if start < len(f.data) && f.data[start] == '\r' {
		start++
	}
	if start < len(f.data) && f.data[start] == '\n' {
		start++
	}
	end := f.streamEnd(start, d)
	return &stream{dict: d, raw: f.data[start:end]}, end
}

// streamEnd believes the length of a stream where the stream's end stands there, and looks for that otherwise.
func (f *File) streamEnd(start int, d dict) int {
	if n, ok := d["Length"].(float64); ok && n >= 0 && n <= float64(len(f.data)-start) {
		end := start + int(n)
		if rest := bytes.TrimLeft(f.data[end:min(end+16, len(f.data))], "\r\n \t"); bytes.HasPrefix(rest, []byte("endstream")) {
			return end
		}
	}
	i := bytes.Index(f.data[start:], []byte("endstream"))
	if i < 0 {
		return len(f.data)
	}
	end := start + i
	if end > start && f.data[end-1] == '\n' {
		end--
	}
	if end > start && f.data[end-1] == '\r' {
		end--
	}
	return end
}

// unpackObjects reads the objects in object streams. An object counts as defined where its stream stands.
func (f *File) unpackObjects() {
	for _, n := range f.numbers() {
		if f.step() {
			return
		}
		// Most objects are no object streams; the words tell without reading.
		at := f.offsets[n]
		if !bytes.Contains(f.data[at:min(at+512, len(f.data))], []byte("ObjStm")) {
			continue
		}
		s, ok := f.get(n).(*stream)
		if !ok || s.dict["Type"] != name("ObjStm") {
			continue
		}
		data, _, err := f.decode(s)
		if err != nil {
			return
		}
		f.unpackStream(data, int(f.number(s.dict["First"], 0)), at)
	}
}

func (f *File) unpackStream(data []byte, first, at int) {
	if first < 0 || first > len(data) {
		return
	}
	head := &lexer{data: data[:first]}
	for {
		n, ok := head.next(0)
		offset, more := head.next(0)
		num, isNum := n.(float64)
		off, isOff := offset.(float64)
		if !ok || !more || !isNum || !isOff || f.step() {
			return
		}
		if off < 0 || int(off) > len(data)-first {
			continue
		}
		v, _ := (&lexer{data: data, at: first + int(off)}).next(0)
		f.packed[ref(num)] = packed{at, v}
	}
}

// numbers returns the numbers of the file's own objects in the order in which they stand.
func (f *File) numbers() []ref {
	out := make([]ref, 0, len(f.offsets))
	for n := range f.offsets {
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b ref) int { return f.offsets[a] - f.offsets[b] })
	return out
}

// get returns an object by its number, nil where there is none.
func (f *File) get(n ref) any {
	if v, ok := f.objects[n]; ok {
		return v
	}
	at, ok := f.offsets[n]
	if p, is := f.packed[n]; is && (!ok || p.at > at) {
		return p.value
	}
	if !ok {
		return nil
	}
	v, _ := f.parseAt(at)
	if s, ok := v.(*stream); ok {
		s.number = n
	}
	f.objects[n] = v
	return v
}

// resolve follows references to an object.
func (f *File) resolve(v any) any {
	for range 8 {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		v = f.get(r)
	}
	return nil
}

func (f *File) dict(v any) dict {
	switch v := f.resolve(v).(type) {
	case dict:
		return v
	case *stream:
		return v.dict
	}
	return nil
}

// list returns an array, or what is no array as one of it alone.
func (f *File) list(v any) array {
	switch v := f.resolve(v).(type) {
	case nil:
		return nil
	case array:
		return v
	default:
		return array{v}
	}
}

func (f *File) number(v any, or float64) float64 {
	if n, ok := f.resolve(v).(float64); ok {
		return n
	}
	return or
}

func (f *File) name(v any) name {
	n, _ := f.resolve(v).(name)
	return n
}

// Info returns an entry of the document's information (Title, CreationDate), "" where there is none or the file is
// protected.
func (f *File) Info(key string) string {
	if f.security != nil {
		return ""
	}
	s, _ := f.resolve(f.dict(f.trailer["Info"])[name(key)]).(text)
	return decodeText(string(s))
}
