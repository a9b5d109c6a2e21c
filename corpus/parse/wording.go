package parse

import (
	"strings"
)

// weakWords say that something is wrong. A statement needs none of them, so they are only ever counted over siblings.
var weakWords = newLexicon(
	"未", "没有", "没人", "没能", "没按", "无", "缺", "欠", "差距", "短板", "弱", "滞后", "缓慢", "虚化", "淡化", "走过场", "流于形式", "走形式", "形式主义", "违规", "违反",
	"超标", "超期", "超时", "超编", "超范围", "混乱", "松散", "宽松", "松软", "偏软", "偏松", "漏洞", "风险", "隐患", "有待", "仍需", "还需",
	"尚需", "需要进一步", "仍存在", "仍有存在", "失实", "失真", "失管", "失控", "闲置", "截留", "挪用", "套取", "虚假", "虚报", "虚列", "拖延", "拖欠", "随意",
	"粗放", "老化", "空转", "折扣", "挂空挡", "两张皮", "流失", "雷同", "照搬", "应付", "敷衍", "推诿", "懈怠", "单一", "陈旧", "落后", "淡薄",
	"模糊", "表面", "擅自", "坐支", "白条", "化整为零", "规避", "串标", "转包", "侵占", "多发", "冒领", "重复", "遗漏", "脱节", "难以",
	"挂账", "避重就轻", "过低", "过长", "过高", "过大", "过多", "过慢", "偏大", "偏低", "偏少", "偏高", "偏慢", "较低", "较少", "较慢", "走样", "形同虚设", "补写", "代签", "私存", "私用", "长期不", "搞变通", "重业务", "轻党建",
	"一言堂", "浪费", "缩水", "迟缓", "不", "空白", "断档", "梗阻", "卡顿", "变相", "浮于", "软弱", "涣散", "堵点", "低效", "失之于", "少登记",
	"松弛", "松懈", "淡漠", "欠佳", "不佳", "违法", "隐瞒", "漏报", "漏记", "错误", "混用", "混岗", "旧账", "借用", "占用", "多报", "少报", "虚增", "截流", "吃拿卡要", "优亲厚友", "跑冒滴漏",
	"虚置", "悬空", "矛盾", "倒置", "停在", "停留", "掺水", "注水", "变味", "一团和气", "走马观花", "蜻蜓点水", "浅尝辄止", "一阵风", "僵尸", "拖沓", "久拖", "久审", "搁浅", "失修", "落差", "温差", "偏差",
	"断层", "滞留", "挤占", "逾期", "一拖再拖", "肢解", "拆分", "量身定", "近亲", "代测", "代管", "照抄", "撒胡椒面", "两层皮", "捂盖子", "有名无实", "摆设", "含糊", "粗糙", "了之", "各自为战", "生硬", "遗留", "死角", "走过场", "一言了之",
	"上热中温下冷", "上热下冷", "改头换面", "改了又犯", "禁而不绝", "屡禁", "拼凑", "代替", "替代", "绕开", "绕道", "变形", "人情", "冷落", "反复奔波", "空白", "慢半拍", "低级差错", "畸低", "畸高", "失联", "悬而", "跟进迟", "过于",
	"打折", "打架", "掉链子", "卡壳", "脱岗", "空岗", "离岗", "越位", "错位", "断线", "断链", "失守", "失责", "失职", "失察", "失序", "失衡", "失灵", "失效", "失准", "失范", "扎堆", "搭车收", "摊派", "私设", "私分", "私自", "私车公",
	"空饷", "冒名", "顶替", "代打卡", "补签", "倒签", "事后补", "后补", "混放", "混开", "混编", "混淆", "混同", "混管", "涂改", "篡改", "伪造", "造假", "弄虚作假", "凑数", "应景", "摆拍", "作秀", "相互抄", "互相抄", "抄袭",
	"千篇一律", "如出一辙", "大同小异", "一般粗", "扯皮", "推脱", "拖拉", "搁置", "积压", "停滞", "停摆", "停顿", "徘徊", "下滑", "滑坡", "萎缩", "倒退", "漂浮", "浮夸", "夸大", "虚高", "虚设", "名存实亡", "乱象", "乱发", "乱用", "乱收", "老旧",
	"破损", "带病", "漏管", "漏缴", "漏征", "漏保", "错发", "错报", "多计", "少计", "少缴", "超额", "超支", "超付", "超员", "超配", "超比例", "超面积", "超限", "裙带", "打招呼", "说了算", "拍脑袋", "家长制", "以会代", "以补代", "以罚代",
	"以包代", "以租代", "以拨代", "以考代", "以学代", "以念代", "泛化", "淡出", "边缘化", "沉睡", "睡大觉", "荒废", "弃管", "弃用", "撂荒", "单薄", "笼统", "空泛", "空洞", "空壳", "空挂", "空喊", "空谈", "疲软", "疲沓", "躺平", "观望", "畏难", "老好人",
	"好人主义", "避实就虚", "绕着走", "听之任之", "放任", "纵容", "迁就", "简单化", "一刀切", "大而化之", "选择性", "坐等", "等靠要", "单打独斗", "孤岛", "壁垒", "瓶颈", "多头", "碎片化", "零散", "零敲碎打", "松动", "松垮", "宽于", "偏窄", "偏浅", "偏老", "偏离", "偏弱",
	"挤掉", "被挤", "压着", "拖着", "挂在", "停留于", "唱独角戏", "高高在上", "居高不下", "走了样", "打了折", "缩了水", "断了档", "靠补", "靠估", "靠记", "凭感觉", "凭经验", "虎头蛇尾", "时紧时松", "前紧后松", "前热后冷", "温吞", "滥用", "滥发",
)

// innocent words hold a weak one and mean nothing of the kind.
var innocent = newLexicon("不断", "不忘", "不折不扣", "不定期", "不仅", "不得", "不动摇", "不动产", "无论", "无障碍", "未来", "风险防控", "风险排查", "毫不", "不放过",
	"不懈", "不减", "不放松", "不放手", "不褪色", "不掉队", "不落空", "不过夜", "不出事", "不添乱", "不掉线", "不漏项", "不漏一", "不落一", "不留空白", "不留尾巴", "不留情", "不护短", "不遮掩", "不回避", "不推诿", "不敷衍", "不拖延", "不等不靠", "不设上限", "不松劲", "不松手", "不停步", "不停歇", "不辍", "不移", "不渝", "不走样", "不变形", "不换挡", "不偏航", "不降温", "不降标准", "不留死角", "不打折扣", "不搞变通", "不走过场", "不松懈", "不反弹", "不回潮", "不变色", "不脱节", "不断线", "不含糊", "不手软", "不止步", "不怕",
	"重复核", "不低于", "不少于", "不超过", "无缝", "不间断", "缺一不可", "不敢腐", "不能腐", "不想腐", "差额", "全覆盖、无", "超额完成", "无偿献血", "没收")

// isWeak reports whether s says that something is wrong.
func isWeak(s string) bool {
	for i := 0; i < len(s); {
		r, w := decodeRune(s[i:])
		if n := innocent.from(r, s[i:]); n > 0 {
			i += n
			continue
		}
		if weakWords.from(r, s[i:]) > 0 {
			return true
		}
		i += w
	}
	return false
}

// overOther reports whether a clause says that one thing is put above another: 重栽轻管, 重产值、轻安全.
func overOther(clause string) bool {
	i := strings.Index(clause, "重")
	return i >= 0 && strings.Contains(clause[i:], "轻")
}

// failsAt reports whether a clause that begins with an action on problems says that the action failed: 整治不正之风不深入, but not
// 解决作风不实问题.
func failsAt(clause string) bool {
	tail := clause
	for longer(tail, 4) {
		_, w := decodeRune(tail)
		tail = tail[w:]
	}
	return hasAny(tail, []string{"不", "未", "差距", "滞后", "缓慢", "形式", "过场"}) && !strings.HasSuffix(clause, "问题") && !strings.HasSuffix(clause, "现象")
}

// weakTail is how many characters at the end of a clause are looked at for what is wrong.
const weakTail = 7

// weakEnd reports whether the last characters of s say that something is wrong: 议题酝酿不充分.
func weakEnd(s string) bool {
	s = withoutFigure(trimRight(s, closing))
	i := len(s)
	for n := 0; n < weakTail && i > 0; n++ {
		_, w := decodeLast(s[:i])
		i -= w
	}
	return isWeak(s[i:]) || endsShort(s)
}

// withoutFigure drops the figure that a statement ends in: 新增固定资产未记资产账134.52万元, 超时办理138笔.
func withoutFigure(s string) string {
	i := len(s)
	for n := 0; ; n++ {
		if n > 3 || i == 0 {
			return s
		}
		r, w := decodeLast(s[:i])
		if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			i -= w
			break
		}
		i -= w
	}
	_, w := decodeRune(s[i:])
	return strings.TrimRightFunc(s[:i+w], func(r rune) bool {
		return r >= '0' && r <= '9' || r >= '０' && r <= '９' || strings.ContainsRune(".,．，约近共达余 ", r)
	})
}

// shortWords say in one character what is wrong; behind one of shortening they do not.
var shortWords, shortening = newRuneSet("低慢少差乱散软松浅窄旧虚浮"), newRuneSet("减降缩")

// endsShort reports whether s ends in one character that says what is wrong: 使用效益低, 覆盖面窄. 降低 and 减少 do not.
func endsShort(s string) bool {
	last, w := decodeLast(s)
	before, _ := decodeLast(s[:len(s)-w])
	return shortWords.has(last) && !shortening.has(before)
}

// verbs open the description of an action.
var verbs = makeSet("加强 完善 开展 制定 制订 修订 组织 召开 强化 推进 推动 建立 健全 规范 严格 提高 提升 压实 深化 坚持 狠抓 抓好 加大 细化 明确 " +
	"学习 认真 深入 及时 进一 积极 切实 全面 统一 梳理 清理 排查 印发 出台 优化 夯实 持续 充分 注重 突出 树立 增强 改进 定期 对照 举一 督促 " +
	"指导 补录 补齐 摸清 调剂 配齐 着力 解决 整治 防止 杜绝 避免 纠正 破解 扎实 牢固 拧紧 筑牢 用好 加快 加紧 大力 主动 立即 迅速 创新 " +
	"构建 打造 集中 成立 设立 发挥 聚力 紧盯 紧扣 追缴 收回 退回 核对 更新 整理 补充 调整 邀请 聘请 安排 编制 约谈 通报 公开 公示 实行 实施 采取 选派 举办 重新 利用 " +
	"落实 贯彻 执行 履行 倒排 补设 补缴 补办 修复 恢复 查处 办结 拓宽 畅通 常态 靠前 逐项 逐一 分类 联合 启动 督办 汇总 宣传 普及 维修 添置 购置 新增 增加 落细 抓实 做好 做实 做细 做优 协调 对接")

// problemVerbs make a problem the object of an action, so that its weak words say nothing about the item.
var problemVerbs = makeSet("着力 解决 整治 补齐 防止 杜绝 避免 纠正 破解 摸清 追缴 清理 排查 收回 退回 核对 约谈")

func makeSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// nouns begin with what is a verb by itself: 学习笔记, 组织生活.
var nouns = newLexicon("学习笔记", "学习材料", "学习会", "学习中心组", "学习贯彻不", "学习型", "学习研讨不", "学习教育", "学习覆盖", "学习载体", "学习强国", "学习效率", "学习安排", "学习方式", "学习纪律", "学习活动", "学习参加", "学习考勤", "学习交流", "学习频次", "学习次数", "学习主动性", "学习积极性", "学习自觉性", "学习时间", "学习记录", "学习计划", "学习内容", "学习形式", "学习质量", "学习效果", "学习氛围", "学习心得", "学习资料", "学习台账", "学习制度", "学习成果", "学习小组",
	"组织生活", "组织关系", "组织建设", "组织架构", "组织纪律", "组织观念", "组织人事", "组织程序", "组织机构", "公开招标", "公开栏", "公示栏", "公示期", "公示牌", "编制外", "编制使用", "集中采购", "集中供养", "集中学习",
	"执行力", "统一战线", "创新能力", "创新驱动", "规范性", "推进会", "督办件", "新增债务", "新增耕地", "宣传栏", "宣传阵地", "宣传片", "通报批评", "清单管理", "清单外", "安排表", "协调机制", "落实情况", "执行情况")

// isAction reports whether a heading describes something done: it begins with a verb of action and does not end in what
// is wrong.
func isAction(head string) bool {
	lead := firstRunes(strings.TrimLeft(head, "“”\"‘"), 2)
	if !verbs[lead] || nouns.at(head) > 0 {
		return false
	}
	return !saysWrong(head)
}

// headMarks end the clauses of a heading.
var headMarks = newRuneSet("，,。；;：:")

// saysWrong reports whether a heading says that something is wrong: one of its clauses ends in it, or begins with it
// (违规发放补助). A clause that is about an action does not: 解决频次不足问题, 补录缺失档案.
func saysWrong(head string) bool {
	for len(head) > 0 {
		clause := head
		if i := headMarks.index(head); i >= 0 {
			_, w := decodeRune(head[i:])
			clause, head = head[:i], head[i+w:]
		} else {
			head = ""
		}
		lead := firstRunes(strings.TrimLeft(clause, "“”\"‘ "), 2)
		if problemVerbs[lead] || lead == "针对" {
			if failsAt(clause) {
				return true
			}
			continue
		}
		if weakEnd(clause) || overOther(clause) || !verbs[lead] && !strings.HasPrefix(lead, "对") && isWeak(firstRunes(clause, 4)) {
			return true
		}
	}
	return false
}

// firstRunes returns the first n characters of s.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// isArea reports whether a heading names an area rather than a problem: 在聚焦…方面, 关于…方面的问题.
func isArea(head string) bool {
	head = trimRight(head, closing)
	for _, end := range []string{"整改", "的", "问题", "存在", "的", "情况", "\"", "”", "中"} {
		head = strings.TrimSuffix(head, end)
	}
	return strings.HasSuffix(head, "方面") || strings.HasSuffix(head, "环节上") ||
		strings.HasPrefix(head, "在") && strings.Contains(head, "方面") && !longer(head, 59)
}
