package extract

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"tongjian/corpus"
)

// decoded is the text of a file and how it was read. guessed says that nothing in the file declared the encoding and
// that it is not evident, as valid UTF-8 is.
type decoded struct {
	text     string
	encoding string
	guessed  bool
}

// The names of the encodings, as they stand in Extract.Encoding.
const (
	encUTF8    = "utf-8"
	encUTF16LE = "utf-16le"
	encUTF16BE = "utf-16be"
	encGB18030 = "gb18030"
	encBig5    = "big5"
)

func codec(name string) encoding.Encoding {
	switch name {
	case encUTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case encUTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case encGB18030:
		return simplifiedchinese.GB18030
	case encBig5:
		return traditionalchinese.Big5
	}
	return nil
}

// marks are the byte order marks, the longer before the shorter.
var marks = []struct{ mark, encoding string }{
	{"\xEF\xBB\xBF", encUTF8},
	{"\x84\x31\x95\x33", encGB18030},
	{"\xFF\xFE", encUTF16LE},
	{"\xFE\xFF", encUTF16BE},
}

// decode reads data in the encoding that its byte order mark, the declared name (as in a page's charset) or its bytes
// tell. Bytes that do not decode become U+FFFD.
func decode(data []byte, declared string) decoded {
	for _, m := range marks {
		if rest, ok := bytes.CutPrefix(data, []byte(m.mark)); ok {
			return decoded{text: decodeAs(rest, m.encoding), encoding: m.encoding}
		}
	}
	if utf8.Valid(data) {
		return decoded{text: string(data), encoding: encUTF8}
	}
	if order := utf16Order(data); order != "" {
		return decoded{text: decodeAs(data, order), encoding: order, guessed: true}
	}
	if name := encodingName(declared); name != "" && name != encUTF8 {
		return decoded{text: decodeAs(data, name), encoding: name}
	}
	return guess(data)
}

func decodeAs(data []byte, name string) string {
	if name == encUTF8 {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	out, err := codec(name).NewDecoder().Bytes(data)
	if err != nil { // the decoders of x/text replace what they cannot read; this is for safety
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

// encodingName maps a declared charset to one that is read here, "" where it is not known.
func encodingName(charset string) string {
	switch strings.ToLower(strings.TrimSpace(charset)) {
	case "utf-8", "utf8":
		return encUTF8
	case "gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936":
		return encGB18030
	case "big5", "big5-hkscs", "x-x-big5":
		return encBig5
	}
	return ""
}

// guess chooses between damaged UTF-8, GB18030 and Big5 by how many characters are those that Chinese text is mostly
// made of; every undecodable byte counts against a reading.
func guess(data []byte) decoded {
	best, bestScore := decoded{}, -1.0
	for _, name := range []string{encUTF8, encGB18030, encBig5} {
		text := decodeAs(data, name)
		if s := commonShare(text); s > bestScore {
			best, bestScore = decoded{text: text, encoding: name, guessed: name != encUTF8}, s
		}
	}
	return best
}

// common holds the characters that running Chinese text of this kind is mostly made of, simplified and traditional.
const common = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经" +
	"十三之进着等部度家电力里如水化高自二理起小现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各" +
	"重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特" +
	"件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器" +
	"志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话" +
	"米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便" +
	"巡察监督组织落实措施责任制度会议检查执纪廉政財務時間問題進實發現個為國對會與無業過經領導黨組織報導責區縣書記單位總體這說種來動開關後長應該還學習"

// commonShare scores a reading between 0 and 1: the share of common characters among all that are not ASCII, less that
// of damage.
func commonShare(text string) float64 {
	if len(text) > 64<<10 {
		text = text[:64<<10]
	}
	hits, all, bad, set := 0, 0, 0, commonSet()
	for _, r := range text {
		switch {
		case r < 0x80:
			continue
		case r == utf8.RuneError:
			bad++
		case set[r]:
			hits++
		}
		all++
	}
	if all == 0 {
		return 0
	}
	return max(0, float64(hits-4*bad)/float64(all))
}

// commonSet is common as a set, with the punctuation that goes with it.
var commonSet = sync.OnceValue(func() map[rune]bool {
	set := make(map[rune]bool, 1024)
	for _, r := range common + "，。、；：“”（）《》" {
		set[r] = true
	}
	return set
})

// utf16Order tells UTF-16 without a byte order mark: text of its size has NUL bytes, in its line ends and ASCII, and one
// byte order makes Chinese of it. "" means it is not UTF-16.
func utf16Order(data []byte) string {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) {
		return encUTF16LE
	}
	if bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return encUTF16BE
	}
	head := data[:min(len(data), 8192)&^1]
	if bytes.IndexByte(head, 0) < 0 {
		return ""
	}
	little, big := commonShare(decodeAs(head, encUTF16LE)), commonShare(decodeAs(head, encUTF16BE))
	switch {
	case little > 0.5 && little > 2*big:
		return encUTF16LE
	case big > 0.5 && big > 2*little:
		return encUTF16BE
	}
	return ""
}

// warnings reports what reading the bytes took: a guessed encoding, characters that are lost.
func (d decoded) warnings() []corpus.Warning {
	var out []corpus.Warning
	if d.guessed {
		out = append(out, corpus.Warning{
			Code: corpus.EncodingGuessed, Text: d.encoding,
			Message: fmt.Sprintf("文件没有声明编码，按 %s 读取", strings.ToUpper(d.encoding)),
		})
	}
	if n := strings.Count(d.text, "\uFFFD"); n > 0 {
		out = append(out, corpus.Warning{
			Code: corpus.TextDamaged, Found: &n,
			Message: fmt.Sprintf("有 %d 处字符不能识别或已丢失", n),
		})
	}
	return out
}

// unreadable reports whether so much is damaged that the text would mislead.
func (d decoded) unreadable() bool {
	bad := strings.Count(d.text, "\uFFFD")
	return bad*5 > utf8.RuneCountInString(d.text)
}
