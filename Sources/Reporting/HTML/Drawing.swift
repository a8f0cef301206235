import Monitoring

/// Draws a picture as SVG 1.1 inside the page. Colours come from the style sheet, by class.
struct Drawing {
    let picture: Picture

    var figure: Markup {
        let (drawing, legend) = drawing
        return .tag(
            "figure",
            [
                .tag(
                    "figcaption",
                    [.tag("strong", picture.title), .text(" "), .tag("span", ["class": "note"], picture.summary)])
            ] + (legend.map { [$0] } ?? []) + [
                .tag(
                    "div", ["class": "wide", "tabindex": "0", "role": "region", "aria-label": picture.title], [drawing])
            ])
    }

    private var drawing: (Markup, legend: Markup?) {
        switch picture.kind {
        case .columns(let columns): (self.columns(columns), self.legend(columns.series))
        case .bars(let bars): (self.bars(bars), nil)
        case .matrix(let matrix): (self.matrix(matrix), self.legend(matrix.legend))
        }
    }

    func svg(width: Double, height: Double, least: Int, _ content: [Markup]) -> Markup {
        .tag(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(at(width)) \(at(height))", "role": "img",
                "class": "least-\(least)", "aria-label": "\(picture.title). \(picture.summary)",
            ], [.tag("title", picture.title), .tag("desc", picture.summary)] + content)
    }

    /// A coordinate with one digit behind the point.
    func at(_ value: Double) -> String { Formats.fixed(value, 1) }

    func box(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ kind: String, tip: String? = nil
    ) -> Markup {
        .tag(
            "rect", ["x": at(x), "y": at(y), "width": at(width), "height": at(height), "class": kind],
            tip.map { [.tag("title", $0)] } ?? [])
    }

    func line(_ x: Double, _ y: Double, to endX: Double, _ endY: Double, _ kind: String) -> Markup {
        .tag("line", ["x1": at(x), "y1": at(y), "x2": at(endX), "y2": at(endY), "class": kind])
    }

    func label(_ text: String, _ x: Double, _ y: Double, _ kind: String = "") -> Markup {
        .tag("text", ["x": at(x), "y": at(y), "class": kind], text)
    }

    private func legend(_ series: [String]) -> Markup? {
        guard !series.isEmpty else { return nil }
        return .tag(
            "ul", ["class": "legend"],
            series.enumerated().map { .tag("li", [.tag("span", ["class": "swatch series-\($0)"]), .text($1)]) })
    }

    private func legend(_ words: [(Severity, String)]) -> Markup {
        .tag(
            "ul", ["class": "legend"],
            words.map { .tag("li", [.tag("span", ["class": "swatch \($0.rawValue)"]), .text($1)]) })
    }
}

extension Drawing {
    /// About how wide a text is, in hundredths of the font's size: Chinese characters are square.
    static func width(_ text: String, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2e80 ? 1 : 0.56) } * size
    }

    /// Cut to a width, with an ellipsis where something is left out.
    static func fitted(_ text: String, _ room: Double, size: Double) -> String {
        guard width(text, size: size) > room else { return text }
        var short = text
        while !short.isEmpty, width(short + "…", size: size) > room { short.removeLast() }
        return short + "…"
    }
}
