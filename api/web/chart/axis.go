package chart

// Axis places the columns of a chart: the first begins at Left, behind the names of the rows, and each is Step wide.
// Charts over the same periods share one, so that a year stands in one place down the page.
type Axis struct {
	Left int
	Step int
}

// Bounds of an axis, in pixels.
const (
	labelMin    = 96
	labelMax    = 190
	labelGap    = 10 // between a name and the first column
	wideStep    = 64 // with up to wideColumns columns
	narrowStep  = 52
	wideColumns = 8
)

// fit returns an axis for names of a width and a number of columns.
func fit(width, columns int) Axis {
	a := Axis{Left: min(max(width+labelGap, labelMin), labelMax), Step: wideStep}
	if columns > wideColumns {
		a.Step = narrowStep
	}
	return a
}

// SeriesAxis fits an axis to the names of series.
func SeriesAxis(series []Series, columns int) Axis {
	widest := 0
	for _, s := range series {
		widest = max(widest, Width(s.Name, textSize))
	}
	return fit(widest, columns)
}

// Join returns an axis with room for the names of both.
func (a Axis) Join(b Axis) Axis {
	return Axis{Left: max(a.Left, b.Left), Step: max(a.Step, b.Step)}
}
