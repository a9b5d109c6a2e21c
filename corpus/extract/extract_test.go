package extract_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

const sample = "云澜市港务局关于巡察整改情况的通报\n根据市委统一部署，市委第二巡察组对市港务局党组进行了巡察，发现问题十二个。\n一、组织领导\n"

func mustEncode(t *testing.T, encode func(string) (string, error), s string) []byte {
	t.Helper()
	out, err := encode(s)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

func TestEncodings(t *testing.T) {
	gb := simplifiedchinese.GB18030.NewEncoder().String
	le := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String
	be := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String
	bareLE := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String
	big5 := traditionalchinese.Big5.NewEncoder().String
	traditional := "關於巡察整改情況的通報\n根據市委統一部署，巡察組對市港務局黨組進行了巡察，發現問題十二個。\n"
	cases := []struct {
		name     string
		data     []byte
		text     string
		encoding string
		guessed  bool
	}{
		{"utf-8", []byte(sample), sample, "utf-8", false},
		{"utf-8 with mark", []byte("\xEF\xBB\xBF" + sample), sample, "utf-8", false},
		{"gb18030", mustEncode(t, gb, sample), sample, "gb18030", true},
		{"gb18030, short", mustEncode(t, gb, "整改情况\n"), "整改情况\n", "gb18030", true},
		{"utf-16 little endian", mustEncode(t, le, sample), sample, "utf-16le", false},
		{"utf-16 big endian", mustEncode(t, be, sample), sample, "utf-16be", false},
		{"utf-16 without mark", mustEncode(t, bareLE, sample), sample, "utf-16le", true},
		{"big5", mustEncode(t, big5, traditional), traditional, "big5", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x, err := extract.File("a.txt", c.data, extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if x.Text != c.text || x.Encoding != c.encoding {
				t.Errorf("got %q as %s, want %q as %s", x.Text, x.Encoding, c.text, c.encoding)
			}
			if got := warned(x, corpus.EncodingGuessed); got != c.guessed {
				t.Errorf("encoding guessed: got %v, want %v", got, c.guessed)
			}
		})
	}
}

func warned(x *corpus.Extract, code corpus.WarningCode) bool {
	for _, w := range x.Warnings {
		if w.Code == code {
			return true
		}
	}
	return false
}

func TestText(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"line ends of all kinds", "甲\r\n乙\r丙\n丁\u2028戊", "甲\n乙\n丙\n丁\n戊\n"},
		{"empty lines are dropped", "甲\n\n \u3000\u00a0\n乙", "甲\n乙\n"},
		{"blanks at both ends", "\u3000\u3000根据部署。 \t\u00a0\n", "根据部署。\n"},
		{"blanks inside stay", "甲 乙\u3000丙", "甲 乙\u3000丙\n"},
		{"zero-width and control characters", "巡\u200b察\ufeff组\x07第\u00ad三", "巡察组第三\n"},
		{"damage stays", "2023614日至915日,市委第巡察组,,对?局", "2023614日至915日,市委第巡察组,,对?局\n"},
		{"width and misprints stay", "（1）“笫一议题”　ＡＢ", "（1）“笫一议题”　ＡＢ\n"},
		{"blanks between all characters", "市 委 第 二 巡 察 组 对 市 港 务 局 党 组 进 行 巡 察", "市委第二巡察组对市港务局党组进行巡察\n"},
		{
			"short lines follow long ones",
			strings.Repeat("市 委 第 二 巡 察 组 对 市 港 务 局 党 组 进 行 巡 察\n", 3) + "（ 1 ） 值 班 不 严",
			strings.Repeat("市委第二巡察组对市港务局党组进行巡察\n", 3) + "（1）值班不严\n",
		},
		{"numbers of pages", "甲\n                  - 1 -\n\f乙\n—2—\n第 3 页 共 8 页\n-3\n第3页的附表", "甲\n乙\n-3\n第3页的附表\n"},
		{"spaced words stay", "通 报\n云澜市 港务局 巡察 整改 情况 通报 如下 各单位", "通 报\n云澜市 港务局 巡察 整改 情况 通报 如下 各单位\n"},
		{"a character is lost", "市委第\ufffd巡察组", "市委第\ufffd巡察组\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x, err := extract.File("a.txt", []byte(c.in), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if x.Text != c.want {
				t.Errorf("got %q, want %q", x.Text, c.want)
			}
		})
	}
}

// hardWrapped is a text broken every 20 characters, with numbered lines among them.
const hardWrapped = `根据市委统一部署，市委第二巡察组对市港务
局党组进行了常规巡察，并向局党组反馈了巡
察意见，局党组高度重视，认真研究整改工作
，现将有关情况公布如下，请各位予以监督评
议。
一、关于值班制度执行不严不实的有关问题一
1.修订值班制度，明确各科室轮流值班的责任
2.开展专项检查，对脱岗人员进行批评教育和
提醒谈话，建立通报制度，每月通报一次情况
并纳入年度考核评价范围，压实值班工作责任
，确保落实到位。
`

func TestHardWrap(t *testing.T) {
	x, err := extract.File("a.txt", []byte(hardWrapped), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(x.Text, "\n"), "\n")
	want := []string{"根据市委", "一、关于", "1.修订", "2.开展"}
	if len(lines) != len(want) {
		t.Fatalf("got %d lines, want %d:\n%s", len(lines), len(want), x.Text)
	}
	for i, w := range want {
		if !strings.HasPrefix(lines[i], w) {
			t.Errorf("line %d: got %q, want it to begin with %q", i, lines[i], w)
		}
	}
	// The number of a page inside a sentence does no harm.
	paged := strings.Replace(hardWrapped, "高度重视，认真研究整改工作\n", "高度重视，认真研究整改工作\n          - 1 -\n\f", 1)
	if y, err := extract.File("a.txt", []byte(paged), extract.Limits{}); err != nil || y.Text != x.Text {
		t.Errorf("with a page's number: got %q, %v; want %q", y.Text, err, x.Text)
	}
	// Ordinary lines of different lengths stay apart even where they have no full stop.
	plain := "云澜市港务局\n关于巡察整改\n情况的通报\n第一项工作\n第二项工作情况说明\n第三项\n第四项工作\n"
	if x, err = extract.File("a.txt", []byte(plain), extract.Limits{}); err != nil || x.Text != plain {
		t.Errorf("got %q, %v; want it unchanged", x.Text, err)
	}
}

func TestLabelledValues(t *testing.T) {
	cases := []struct {
		line string
		want string
	}{
		{"来源:本网 \u00a0 \u00a0发布日期:2020-11-10 17:08", "来源=本网|发布日期=2020-11-10 17:08"},
		{"索引号 : AB12/2024-27 文 \u3000 号 :", "索引号=AB12/2024-27"},
		{"主题分类: 政务督查 发文单位: 云澜市港务局", "主题分类=政务督查|发文单位=云澜市港务局"},
		{"名　　称: 关于整改情况的通报 发布日期: 2024年10月22日", "名称=关于整改情况的通报|发布日期=2024年10月22日"},
		{"[ 发布日期 ] 2021-08-09 [ 来源 ] 市林业局", "发布日期=2021-08-09|来源=市林业局"},
		{"发布时间：2023-01-16 09:30 浏览次数：- 字号：大 中 小", "发布时间=2023-01-16 09:30"},
		{"| 索引号 | K-77 | 发布机构 | 云澜市港务局 |", "索引号=K-77|发布机构=云澜市港务局"},
		{"整改时间：2023年5月", ""},
		{"根据部署，现将情况公布如下：", ""},
	}
	for _, c := range cases {
		t.Run(c.line, func(t *testing.T) {
			x, err := extract.File("a.txt", []byte(c.line+"\n根据市委统一部署。\n"), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range x.Properties {
				got = append(got, p.Name+"="+p.Value)
				if p.Span == nil || p.Span.Of(x.Text) != p.Value {
					t.Errorf("%s: span does not cover %q", p.Name, p.Value)
				}
			}
			if s := strings.Join(got, "|"); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	noise := make([]byte, 4096)
	for i := range noise {
		noise[i] = byte(i*i*31 + i>>3)
	}
	cases := []struct {
		name string
		data []byte
		lim  extract.Limits
		kind corpus.ErrorKind
		says string
	}{
		{"通报.docx", []byte("PK\x03\x04\x14\x00"), extract.Limits{}, corpus.Invalid, "损坏"},
		{"设置.json", []byte(`{"a":"整改"}`), extract.Limits{}, corpus.Unsupported, "json"},
		{"名单.CSV", []byte("序号,问题\n1,整改\n"), extract.Limits{}, corpus.Unsupported, "csv"},
		{"样式.xml", []byte("<a>整改</a>"), extract.Limits{}, corpus.Unsupported, "xml"},
		{"旧.xls", []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>`), extract.Limits{}, corpus.Invalid, "没有可读的文字"},
		{"旧.doc", []byte(`<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>`), extract.Limits{}, corpus.Unsupported, "另存为 docx"},
		{"网.doc", []byte("MIME-Version: 1.0\nContent-Type: multipart/related\n"), extract.Limits{}, corpus.Invalid, "损坏"},
		{"表.ods", zipOf(t, part{"mimetype", "x"}, part{"content.xml", "<x/>"}, part{"META-INF/manifest.xml", "<x/>"}), extract.Limits{}, corpus.Unsupported, "ODF"},
		{"图.txt", []byte("\x89PNG\r\n\x1a\n"), extract.Limits{}, corpus.Unsupported, "PNG"},
		{"乱.txt", noise, extract.Limits{}, corpus.Unsupported, "二进制"},
		{"空.txt", []byte(" \n\r\n"), extract.Limits{}, corpus.Invalid, "空文件"},
		{"空.html", []byte("<html><body><script>x</script></body></html>"), extract.Limits{}, corpus.Invalid, "没有可读的文字"},
		{"大.txt", []byte(sample), extract.Limits{Bytes: 10}, corpus.TooLarge, "超过上限"},
		{"多.txt", []byte(sample), extract.Limits{Blocks: 2}, corpus.TooLarge, "行数"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := extract.File("目录/"+c.name, c.data, c.lim)
			var e *corpus.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want a *corpus.Error", err)
			}
			if e.Kind != c.kind || !strings.Contains(e.Message, c.says) || !strings.Contains(e.Message, c.name) || strings.Contains(e.Message, "目录") {
				t.Errorf("got %s %q, want %s that says %q of %q", e.Kind, e.Message, c.kind, c.says, c.name)
			}
			if c.kind == corpus.Unsupported && !strings.Contains(e.Expected, "txt") {
				t.Errorf("does not say what is accepted: %q", e.Expected)
			}
		})
	}
}

// check verifies what every Extract promises.
func check(x *corpus.Extract) error {
	if !utf8.ValidString(x.Text) {
		return errors.New("text is not valid UTF-8")
	}
	lines := strings.Split(strings.TrimSuffix(x.Text, "\n"), "\n")
	if len(lines) != len(x.Blocks) {
		return fmt.Errorf("%d lines, %d blocks", len(lines), len(x.Blocks))
	}
	end := 0
	for i, b := range x.Blocks {
		if b.Span.Start < end || b.Span.End > len(x.Text) || b.Span.Of(x.Text) != lines[i] || lines[i] == "" {
			return fmt.Errorf("block %d at %v is not line %q", i, b.Span, lines[i])
		}
		if b.Kind == corpus.BlockCell && (b.RowSpan < 1 || b.ColSpan < 1) {
			return fmt.Errorf("cell %d without spans: %+v", i, b)
		}
		end = b.Span.End + 1
	}
	for _, p := range x.Properties {
		if p.Name == "" || p.Value == "" || p.Span != nil && p.Span.Of(x.Text) != p.Value {
			return fmt.Errorf("property %+v does not stand in the text", p)
		}
	}
	return nil
}

func fuzz(f *testing.F, name string) {
	f.Fuzz(func(t *testing.T, data []byte) { fuzzOne(t, name, data) })
}

// fuzzOne reads any bytes: what comes out keeps its promises, or is an error that users understand.
func fuzzOne(t *testing.T, name string, data []byte) {
	t.Helper()
	x, err := extract.File(name, data, extract.Limits{Bytes: 1 << 20})
	if err != nil {
		if _, ok := errors.AsType[*corpus.Error](err); !ok {
			t.Fatalf("error is no *corpus.Error: %v", err)
		}
		if strings.Contains(err.Error(), "panic: ") {
			t.Fatal(err)
		}
		return
	}
	if err := check(x); err != nil {
		t.Fatal(err)
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte(hardWrapped))
	f.Add([]byte("\xFF\xFEa\x00\n\x00"))
	f.Add([]byte("\xB9\xD8\xD3\xDA\xD5\xFB\xB8\xC4\r\n名 称 : x"))
	fuzz(f, "a.txt")
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte("<table><tr><td rowspan=3>甲<td>乙<tr><td colspan=9999999>丙</table><p>丁"))
	f.Add([]byte("<html><div hidden>甲</div><ol start=-5><li>乙<li><h1>丙"))
	fuzz(f, "a.html")
}
