package extract_test

import (
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"tongjian/corpus"
	"tongjian/corpus/extract"
)

const mailPage = `<html><head><title>通报</title></head><body><p>根据市委统一部署，市委第二巡察组对市港务局党组进行了巡察。</p></body></html>`

// mailOf makes a page saved as one file, with a picture and a page of fewer words beside it.
func mailOf(head, encoding, charset, body string) []byte {
	return []byte(head + "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_B\"\r\n\r\nThis is a multi-part message.\r\n" +
		"------=_B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n" +
		"------=_B\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Location: frame.htm\r\n\r\n<html><body><p>目录</p></body></html>\r\n" +
		"------=_B\r\nContent-Type: text/html;\r\n\tcharset=\"" + charset + "\"\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body + "\r\n------=_B--\r\n")
}

func quoted(t testing.TB, s string) string {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMHT(t *testing.T) {
	gb, err := simplifiedchinese.GBK.NewEncoder().String(mailPage)
	if err != nil {
		t.Fatal(err)
	}
	const want = "p 根据市委统一部署，市委第二巡察组对市港务局党组进行了巡察。"
	whole := mailOf("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://云澜.invalid/\r\nSubject: =?utf-8?Q?=E9=80=9A?=\r\n", "quoted-printable", "utf-8", quoted(t, mailPage))
	for name, data := range map[string][]byte{
		"通报.mht":     whole,
		"通报.doc":     mailOf("", "base64", "gb2312", base64.StdEncoding.EncodeToString([]byte(gb))),
		"通报.xls":     mailOf("X-Note: a\r\n", "8bit", "gbk", gb),
		"断.mhtml":    whole[:len(whole)-12],
		"单.mht":      []byte("MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + mailPage),
		"没有声明编码.mht": []byte("MIME-Version: 1.0\nContent-Type: text/html\n\n" + gb),
	} {
		t.Run(name, func(t *testing.T) {
			if x := wantOutline(t, name, data, want); x.Format != "html" {
				t.Errorf("format %s, want html", x.Format)
			}
		})
	}
	wantError(t, "图.mht", []byte("MIME-Version: 1.0\nContent-Type: image/png\n\nx"), extract.Limits{}, corpus.Invalid, "损坏")
	nested := mailPage
	for i := range 40 {
		nested = fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n%s\n--b%d--\n", i, i, nested, i)
	}
	wantError(t, "层.mht", []byte("MIME-Version: 1.0\n"+nested), extract.Limits{}, corpus.Invalid, "损坏")
}

// TestOfficePages reads pages whose names say that they are files of an office program, as many systems write them.
func TestOfficePages(t *testing.T) {
	const table = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"></head><body>
		<table><tr><td>问题</td><td>情况</td></tr><tr><td>学习不深</td><td style='mso-number-format:"\@"'>已完成</td></tr></table></body></html>`
	gb, err := simplifiedchinese.GBK.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"台账.xls", "台账.xlsx", "台账.doc", "台账.wps", "台账"} {
		wantOutline(t, name, []byte(gb), `
			c0:0,0 问题
			c0:0,1 情况
			c0:1,0 学习不深
			c0:1,1 已完成
		`)
	}
}

func FuzzMHT(f *testing.F) {
	f.Add(mailOf("From: <Saved by Blink>\r\n", "quoted-printable", "utf-8", quoted(f, mailPage)))
	f.Add(mailOf("", "base64", "gb2312", base64.StdEncoding.EncodeToString([]byte(mailPage))))
	f.Add([]byte("MIME-Version: 1.0\nContent-Type: text/plain\n\n甲"))
	fuzz(f, "a.mht")
}
