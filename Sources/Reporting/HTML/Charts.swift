import Monitoring

extension Drawing {
    /// Days from left to right.
    func columns(_ chart: Picture.Columns) -> Markup {
        let (width, height, left, top, bottom) = (960.0, 250.0, 62.0, 12.0, 30.0)
        let right = chart.line == nil ? 8.0 : 8.0
        let floor = height - bottom
        let top100 = max(chart.marks.last?.value ?? 1, .leastNonzeroMagnitude)
        func y(_ value: Double) -> Double { floor - (floor - top) * min(value / top100, 1) }
        var parts: [Markup] = []
        for mark in chart.marks {
            parts.append(line(left, y(mark.value), to: width - right, y(mark.value), "grid"))
            parts.append(label(mark.label, left - 8, y(mark.value) + 4, "end"))
        }
        let count = max(chart.columns.count, 1)
        let pitch = (width - left - right) / Double(count)
        let thick = min(pitch * 0.78, 48)
        // A date needs about 60 units.
        let every = max(1, Int((62 / pitch).rounded(.up)))
        for (place, column) in chart.columns.enumerated() {
            let x = left + pitch * Double(place) + (pitch - thick) / 2
            var base = 0.0
            for (series, value) in column.values.enumerated() where value > 0 {
                let kind = chart.series.isEmpty ? (column.isLow ? "low" : "watched") : "series-\(series)"
                // What is there is seen, however small.
                let high = max(y(base) - y(base + value), 1)
                parts.append(box(x, y(base) - high, thick, high, kind, tip: column.tips[series]))
                base += value
            }
            if column.isLow, base == 0, let tip = column.tips.first {
                parts.append(box(x, floor - 3, thick, 3, "low", tip: tip))
            }
            if place % every == 0 {
                parts.append(label(column.label, x + thick / 2, floor + 18, "middle"))
            }
        }
        parts.append(line(left, floor, to: width - right, floor, "axis"))
        if let level = chart.line {
            parts.append(line(left, y(level.value), to: width - right, y(level.value), "level"))
            parts.append(label(level.label, width - right - 4, y(level.value) + 14, "end halo"))
        }
        return svg(width: width, height: height, least: 640, parts)
    }

    /// One bar a line.
    func bars(_ bars: [Picture.Bar]) -> Markup {
        let (width, pitch, size) = (760.0, 28.0, 13.0)
        let left = min(bars.map { Self.width($0.label, size: size) }.max() ?? 0, 220) + 14
        let right = (bars.map { Self.width($0.text, size: size) }.max() ?? 0) + 14
        let top = max(bars.map(\.value).max() ?? 0, 1)
        var parts: [Markup] = []
        for (place, bar) in bars.enumerated() {
            let y = pitch * Double(place) + 4
            let long = max((width - left - right) * bar.value / top, bar.value > 0 ? 2 : 0)
            parts.append(label(Self.fitted(bar.label, 220, size: size), left - 8, y + 15, "end strong"))
            parts.append(
                box(left, y, long, pitch - 8, bar.isHome ? "home" : "abroad", tip: "\(bar.label): \(bar.text)"))
            parts.append(label(bar.text, left + long + 8, y + 15))
        }
        return svg(width: width, height: pitch * Double(bars.count) + 6, least: 480, parts)
    }

    /// Hosts down, vendors across.
    func matrix(_ matrix: Picture.Matrix) -> Markup {
        let (size, pitch, wide) = (12.0, 24.0, 58.0)
        let left = min(matrix.rows.map { Self.width($0.label, size: size) }.max() ?? 0, 170) + 12
        // Heads stand at 45 degrees.
        let longest = min(matrix.columns.map { Self.width($0, size: size) }.max() ?? 0, 150)
        let top = longest * 0.71 + 18
        let width = max(left + wide * Double(matrix.columns.count) + longest * 0.71, 320)
        var parts: [Markup] = []
        for (place, name) in matrix.columns.enumerated() {
            let x = left + wide * Double(place) + wide / 2 - 4
            parts.append(
                .tag(
                    "text", ["transform": "translate(\(at(x)) \(at(top - 8))) rotate(-45)", "class": "strong"],
                    Self.fitted(name, 150, size: size)))
        }
        let end = left + wide * Double(matrix.columns.count)
        for (row, line) in matrix.rows.enumerated() {
            let y = top + pitch * Double(row)
            parts.append(self.line(0, y, to: end, y, "grid"))
            parts.append(label(Self.fitted(line.label, 170, size: size), left - 8, y + 16, "end"))
            for (column, cell) in line.cells.enumerated() {
                guard let cell else { continue }
                let x = left + wide * Double(column)
                parts.append(
                    .tag(
                        "g",
                        [
                            .tag("title", cell.tip), box(x + 1.5, y + 2, wide - 3, pitch - 4, cell.severity.rawValue),
                            label(cell.text, x + wide / 2, y + 16, "cell on-\(cell.severity.rawValue)"),
                        ]))
            }
        }
        let height = top + pitch * Double(matrix.rows.count) + 6
        // Its natural size: a matrix of few columns is not blown up.
        return .tag("div", ["class": "natural"], [natural(width, height, parts)])
    }

    private func natural(_ width: Double, _ height: Double, _ parts: [Markup]) -> Markup {
        .tag(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(at(width)) \(at(height))", "role": "img",
                "width": at(width), "height": at(height), "aria-label": "\(picture.title). \(picture.summary)",
            ], [.tag("title", picture.title), .tag("desc", picture.summary)] + parts)
    }
}
