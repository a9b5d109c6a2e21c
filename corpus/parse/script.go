package parse

import (
	"strings"
	"sync"

	"tongjian/corpus"
)

// structureScripts holds the traditional characters of the vocabulary that findings are read by, beside those of scripts,
// each followed by its simplified form. Every pair takes the same number of bytes, so that spans stay true.
const structureScripts = "夠够規规範范細细強强確确違违亂乱鬆松軟软虛虚險险隱隐滯滞緩缓遲迟錯错誤误過过負负擔担絡络帳账賬账償偿繳缴費费額额餘余約约圓元訂订製制擬拟編编補补錄录檔档討讨論论議议" +
	"記记談谈話话認认識识貫贯徹彻傳传針针圍围繞绕堅坚續续階阶終终決决際际難难無无淺浅減减員员師师勞劳勵励獎奖懲惩罰罚將将廢废舊旧歷历屬属層层織织維维義义讓让興兴舉举訊讯" +
	"驗验銷销畢毕畫画劃划圖图書书館馆漁渔糧粮隨随閒闲閑闲擠挤佔占騙骗濫滥貼贴盤盘轉转變变壓压遞递輕轻觀观態态內内懶懒慣惯簡简複复雜杂穩稳權权運运潔洁風风僅仅則则們们爲为臺台廳厅" +
	"眾众衆众訪访網网頁页賣卖買买賃赁閱阅銀银錢钱鎖锁鍵键顯显齊齐齡龄牽牵獻献瑣琐盡尽禮礼築筑糾纠緊紧績绩縣县罷罢職职脫脱膽胆處处虧亏術术裝装詢询詳详誠诚請请諾诺謀谋證证譜谱貨货販贩貧贫貪贪賠赔賽赛趨趋躍跃載载較较輔辅輸输辭辞遺遗鄰邻鑒鉴閉闭陳陈陸陆雖虽靈灵頒颁頓顿頻频顧顾飯饭飾饰養养驅驱髒脏點点齋斋"

var structureTable = sync.OnceValue(func() map[rune]rune {
	table := make(map[rune]rune)
	for traditional, plain := range simplified() {
		if len(string(traditional)) == len(string(plain)) {
			table[traditional] = plain
		}
	}
	runes := []rune(structureScripts)
	for i := 0; i+1 < len(runes); i += 2 {
		table[runes[i]] = runes[i+1]
	}
	return table
})

// plainScript returns the text with the traditional characters of our vocabulary in simplified form, byte for byte in
// place. Texts in simplified script, by far the most, are returned as they are.
func plainScript(s string) string {
	if hasRadicals(s) {
		s = withoutRadicals(s)
	}
	if !strings.Contains(s, "問題") && !strings.Contains(s, "整改情況") && !strings.Contains(s, "黨") {
		return s
	}
	table := structureTable()
	return strings.Map(func(r rune) rune {
		if p, ok := table[r]; ok {
			return p
		}
		return r
	}, s)
}

// simplify returns a name in simplified script and in plain characters, so that names of one unit agree whatever script a document is in.
func simplify(name string) string {
	if hasRadicals(name) {
		name = withoutRadicals(name)
	}
	table := structureTable()
	return strings.Map(func(r rune) rune {
		if p, ok := table[r]; ok {
			return p
		}
		return r
	}, name)
}

// restore puts the source's own characters back into a finding that was read in simplified script.
func (r *reader) restore(f *corpus.Finding) {
	source := r.doc.Text
	if r.t.all == source {
		return
	}
	f.Statement = f.StatementSpan.Of(source)
	f.Account = f.AccountSpan.Of(source)
	for i, s := range f.PathSpans {
		f.Path[i] = s.Of(source)
	}
	for i := range f.Measures {
		f.Measures[i].Text = f.Measures[i].Span.Of(source)
	}
	for i := range f.Amounts {
		f.Amounts[i].Text = f.Amounts[i].Span.Of(source)
	}
	for i := range f.Issued {
		f.Issued[i] = r.original(f.Issued[i], f.Span)
	}
	f.StatusText = corpus.Fact(r.original(string(f.StatusText), f.Span))
	if f.Deadline != nil {
		f.Deadline.Text = r.original(f.Deadline.Text, f.Span)
	}
	if f.Responsible != nil {
		for _, names := range [][]string{f.Responsible.Persons, f.Responsible.Departments} {
			for i := range names {
				names[i] = r.original(names[i], f.Span)
			}
		}
	}
}

// original returns the source of words that stand in a finding, or else before it, as a status of its chapter does.
func (r *reader) original(words string, in corpus.Span) string {
	i := strings.Index(r.t.of(in), words)
	if i >= 0 {
		i += in.Start
	} else if i = strings.LastIndex(r.t.all[:in.Start], words); i < 0 {
		return words
	}
	return r.doc.Text[i : i+len(words)]
}
