package synth

import (
	"bytes"
	"html"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"tongjian/corpus"
)

// form is a layout in a file format.
type form struct {
	name    string
	docType corpus.DocType
	html    bool
	write   func(*draft)
}

// forms are what the document of an inspection can be.
var forms = []form{
	{"notice-running", corpus.RectificationNotice, false, noticeRunning},
	{"notice-labelled", corpus.RectificationNotice, false, noticeLabelled},
	{"notice-nested", corpus.RectificationNotice, false, noticeNested},
	{"notice-compact", corpus.RectificationNotice, false, noticeCompact},
	{"notice-quoted", corpus.RectificationNotice, false, noticeQuoted},
	{"notice-arabic", corpus.RectificationNotice, false, noticeArabic},
	{"notice-running-page", corpus.RectificationNotice, true, noticeRunning},
	{"report-plain", corpus.InspectionReport, false, reportPlain},
	{"notice-nested-page", corpus.RectificationNotice, true, noticeNested},
	{"feedback", corpus.Feedback, false, feedbackSpoken},
	{"notice-labelled-page", corpus.RectificationNotice, true, noticeLabelled},
	{"audit", corpus.AuditRectification, false, auditReply},
}

// companions are what stands beside the document of an inspection where there is a second one.
var companions = []form{
	{"report-enumerated", corpus.InspectionReport, false, reportEnumerated},
	{"feedback-page", corpus.Feedback, true, feedbackSpoken},
}

// extension returns the ending of the file's name.
func (f form) extension() string {
	if f.html {
		return ".html"
	}
	return ".txt"
}

// encode returns the bytes of the i-th report's file.
func (f form) encode(d *draft, i int) []byte {
	if f.html {
		return []byte(d.page())
	}
	text := d.plain()
	if i%10 != 3 {
		return []byte(text)
	}
	encoded, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		// GB 18030 has all of Unicode; only text that is no text could fail.
		return []byte(text)
	}
	return encoded
}

// plain returns the document as plain text, with a page's furniture where it is printed from one.
func (d *draft) plain() string {
	var b strings.Builder
	b.Grow(d.body.Len() + 512)
	if d.web {
		b.WriteString("首页 >> 政务公开 >> 通知公告\n\n")
	}
	for _, l := range d.lead {
		b.WriteString(l + "\n")
	}
	if d.date != "" {
		b.WriteString("\n来源:本网     发布日期:" + string(d.date) + " 09:30\n\n")
	}
	b.WriteString(d.body.String())
	if d.web {
		b.WriteString("\n分享到:\n【打印】【关闭】\n")
	}
	return b.String()
}

// page returns the document as a web page.
func (d *draft) page() string {
	var b bytes.Buffer
	b.Grow(d.body.Len() * 3 / 2)
	title := html.EscapeString(strings.Join(d.lead, ""))
	b.WriteString("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title + "</title>\n")
	b.WriteString("<meta name=\"ArticleTitle\" content=\"" + title + "\">\n<meta name=\"PubDate\" content=\"" + string(d.date) + " 09:30\">\n")
	b.WriteString("<style>body{font-family:SimSun}</style>\n<script>var hits = 0;</script>\n</head>\n<body>\n")
	b.WriteString("<div class=\"nav\"><ul><li><a href=\"/\">首页</a></li><li><a href=\"/zwgk/\">政务公开</a></li><li><a href=\"/hdjl/\">互动交流</a></li></ul></div>\n")
	b.WriteString("<div class=\"location\">当前位置:<a href=\"/\">首页</a> &gt; <a href=\"/tzgg/\">通知公告</a></div>\n")
	b.WriteString("<div class=\"article\">\n<h1>" + title + "</h1>\n")
	b.WriteString("<div class=\"info\"><span>来源:本网</span> <span>发布日期:" + string(d.date) + "</span> <span>字号:【大 中 小】</span></div>\n<div class=\"content\">\n")
	for line := range strings.Lines(d.body.String()) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("<p>&emsp;&emsp;" + html.EscapeString(line) + "</p>\n")
		}
	}
	b.WriteString("</div>\n</div>\n<div class=\"footer\"><p>主办单位:" + html.EscapeString(d.unit.Name) + "</p><p>访问量:0</p></div>\n</body>\n</html>\n")
	return b.String()
}
