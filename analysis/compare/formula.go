package compare

import "strings"

// formulas are words that say how something failed, or nothing at all, but not what: problems of every kind end in them.
// Their bigrams count formulaWeight of what others do.
const formulas = `
不到位 不规范 不严格 不严 不实 不力 不足 不够 不深 不深入 不及时 不健全 不完善 不完整 不符合 不强 不高 不多 不全
缺失 缺位 缺乏 薄弱 薄弱环节 缓慢 滞后 推进 推进缓慢 工作 存在 问题 情况 落实 执行 开展 方面 严重 较为 有待 加强 提高
差距 偏差 流于形式 走过场 力度 后劲 现象 部分 个别 未按规定`

const formulaWeight = 0.25

// formulaBigrams returns the bigrams of the formulas.
func formulaBigrams() map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(formulas) {
		for _, g := range bigrams(word) {
			out[g] = true
		}
	}
	return out
}
