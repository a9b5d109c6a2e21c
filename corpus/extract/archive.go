package extract

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"tongjian/corpus"
)

// Inner is a file inside an archive, or why it could not be taken out.
type Inner struct {
	Name string // "archive.zip/folder/notice.docx"
	Data []byte
	Err  error // a *corpus.Error; Data is nil then
}

// IsArchive reports whether a file is an archive of files, which Files takes apart.
func IsArchive(data []byte) bool { return isZip(data) && zipFormat(data) == formatArchive }

// Files yields the files inside an archive, and inside archives in it, in the order in which they are stored. Folders,
// hidden files and the companions that other systems add to archives are passed over. Names are for display only: nothing
// is written anywhere, so a name that leads out of the archive does no harm and is cut to what stands inside. A file that
// is damaged, encrypted or too large is yielded with its error, and the others go on; a limit of the whole archive ends
// it with an error under the archive's own name.
func Files(name string, data []byte, lim Limits) iter.Seq[Inner] {
	return func(yield func(Inner) bool) {
		lim = lim.orDefaults()
		if err := lim.checkSize(baseName(name), int64(len(data))); err != nil {
			yield(Inner{Name: name, Err: err})
			return
		}
		u := &unpacker{name: name, bud: newBudget(baseName(name), lim)}
		yielded := false
		u.yield = func(f Inner) bool {
			before := lim.Now()
			more := yield(f)
			u.bud.deadline = u.bud.deadline.Add(lim.Now().Sub(before)) // what the caller does with a file is not ours
			yielded = true
			return more
		}
		u.archive(name, data, 1)
		if !yielded {
			yield(Inner{Name: name, Err: invalid(baseName(name), "内没有文件")})
		}
	}
}

// unpacker takes archives apart.
type unpacker struct {
	name  string // of the outermost
	bud   *budget
	yield func(Inner) bool
	files int
}

// archive yields the files of one archive; it reports whether to go on.
func (u *unpacker) archive(name string, data []byte, depth int) bool {
	r, err := zipReader(data, u.bud)
	if err != nil {
		return u.yield(Inner{Name: name, Err: named(baseName(name), err)}) && corpus.KindOf(err) != corpus.TooLarge
	}
	names := entryNames(r.File)
	for i, f := range r.File {
		inner := name + "/" + names[i]
		if f.FileInfo().IsDir() || isCompanion(names[i]) {
			continue
		}
		if u.files++; u.files > u.bud.lim.Files {
			n := fmt.Sprintf("%d", u.bud.lim.Files)
			u.yield(Inner{Name: u.name, Err: u.bud.tooLarge("files", "内的文件超过上限 "+n+" 个", "不超过 "+n+" 个")})
			return false
		}
		if !u.entry(inner, f, depth) {
			return false
		}
	}
	return true
}

// entry yields one file, or the files inside it.
func (u *unpacker) entry(name string, f *zip.File, depth int) bool {
	if f.Flags&1 != 0 {
		return u.yield(Inner{Name: name, Err: encrypted(baseName(name))})
	}
	if f.UncompressedSize64 > uint64(u.bud.lim.Bytes) {
		return u.yield(Inner{Name: name, Err: u.bud.lim.checkSize(baseName(name), int64(min(f.UncompressedSize64, 1<<62)))})
	}
	data, err := u.unpack(f)
	if e, ok := errors.AsType[*corpus.Error](err); ok && e.Value == u.bud.source { // a limit of the whole
		u.yield(Inner{Name: u.name, Err: err})
		return false
	}
	switch {
	case err != nil:
		return u.yield(Inner{Name: name, Err: named(baseName(name), err)})
	case !IsArchive(data):
		return u.yield(Inner{Name: name, Data: data})
	case depth >= u.bud.lim.Nesting:
		n := fmt.Sprintf("%d", u.bud.lim.Nesting)
		e := (&budget{source: baseName(name)}).tooLarge("nesting", "在压缩包内嵌套过深，超过上限 "+n+" 层", "不超过 "+n+" 层")
		return u.yield(Inner{Name: name, Err: e})
	}
	return u.archive(name, data, depth+1)
}

func (u *unpacker) unpack(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("open entry: %w", err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(u.bud.reader(r), u.bud.lim.Bytes+1))
	if err == nil {
		err = u.bud.lim.checkSize(baseName(f.Name), int64(len(data)))
	}
	return data, err
}

// named makes an error that users understand of one that is not.
func named(source string, err error) error {
	if _, ok := errors.AsType[*corpus.Error](err); ok {
		return err
	}
	if errors.Is(err, zip.ErrAlgorithm) {
		return unsupported(source, "用不支持的压缩方法压缩的文件")
	}
	return damaged(source, err)
}

// entryNames returns the names of entries in UTF-8. Archives made on Chinese Windows have them in GBK without saying so;
// all names of an archive are read alike.
func entryNames(files []*zip.File) []string {
	var raw strings.Builder
	for _, f := range files {
		if f.NonUTF8 && !utf8.ValidString(f.Name) {
			raw.WriteString(f.Name + "\n")
		}
	}
	encoding := encUTF8
	if raw.Len() > 0 {
		encoding = guess([]byte(raw.String())).encoding
	}
	names := make([]string, len(files))
	for i, f := range files {
		name := f.Name
		if !utf8.ValidString(name) {
			name = decodeAs([]byte(name), encoding)
		}
		name = path.Clean("/" + strings.ReplaceAll(dropMeaningless(name), `\`, "/"))
		names[i] = strings.TrimPrefix(name, "/")
	}
	return names
}

// isCompanion reports whether an entry is hidden or an addition of the system that packed the archive.
func isCompanion(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || part == "__MACOSX" || strings.HasPrefix(part, ".") || strings.HasPrefix(part, "~$") {
			return true
		}
	}
	switch strings.ToLower(path.Base(name)) {
	case "thumbs.db", "desktop.ini":
		return true
	}
	return false
}

// only reads the one document of an archive that has no other.
func only(source string, data []byte, lim Limits) (*corpus.Extract, error) {
	var first Inner
	n := 0
	for f := range Files(source, data, lim) {
		if n++; n > 1 {
			break
		}
		first = f
	}
	switch {
	case n > 1:
		e := &corpus.Error{
			Kind: corpus.Unsupported, Code: "archive", Position: -1, Param: "file", Value: source,
			Message: fmt.Sprintf("文件“%s”是装有多个文件的压缩包，不能当作一个文档读取", source), Expected: "单个文档；导入时会逐个读取压缩包内的文件",
		}
		return nil, e
	case first.Err != nil:
		return nil, first.Err
	}
	return File(baseName(first.Name), first.Data, lim)
}
