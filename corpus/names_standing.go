package corpus

// Chinese returns the name of the standing as users read it.
func (s Standing) Chinese() string {
	switch s {
	case Shown:
		return "现行文本"
	case Earlier:
		return "旧版本"
	case Copy:
		return "重复件"
	}
	return string(s)
}

// Chinese returns the name of the result as users read it.
func (r Result) Chinese() string {
	switch r {
	case Added:
		return "新增"
	case Unchanged:
		return "未变"
	case Replaced:
		return "替换旧版本"
	case Folded:
		return "重复件，不另计"
	case Outdated:
		return "存为旧版本"
	case Failed:
		return "失败"
	}
	return string(r)
}

// Chinese returns the name of the verdict as users read it.
func (v Verdict) Chinese() string {
	switch v {
	case Confirmed:
		return "确认"
	case Rejected:
		return "否定"
	case Undecided:
		return "撤回"
	}
	return string(v)
}

// Chinese returns the name of the kind of link as users read it.
func (k LinkKind) Chinese() string {
	switch k {
	case RepeatLink:
		return "反复出现"
	case CommonLink:
		return "共性问题"
	case AlignmentLink:
		return "前后对应"
	}
	return string(k)
}
