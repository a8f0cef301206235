import Monitoring

/// What HTML draws. Everything in it stands in a table or sentence nearby as well: Markdown leaves pictures out.
struct Picture {
    let title: String
    /// What somebody who cannot see it is told.
    let summary: String
    let kind: Kind

    enum Kind {
        case columns(Columns)
        case bars([Bar])
        case matrix(Matrix)
    }

    /// Days from left to right, each of one piece or several on top of each other.
    struct Columns {
        struct Column {
            let label: String
            /// From the bottom up; one for each series.
            let values: [Double]
            /// For each series, what it says.
            let tips: [String]
            /// Below the line that is drawn.
            var isLow = false
        }

        let series: [String]
        let columns: [Column]
        /// The top of the axis and its marks.
        let marks: [(value: Double, label: String)]
        /// A level that columns are held to.
        var line: (value: Double, label: String)?
    }

    /// One of several, from left to right.
    struct Bar {
        let label: String
        let value: Double
        let text: String
        let isHome: Bool
    }

    struct Matrix {
        struct Cell {
            let severity: Severity
            let text: String
            let tip: String
        }

        let columns: [String]
        let rows: [(label: String, cells: [Cell?])]
        /// The words for the colours.
        let legend: [(Severity, String)]
    }
}
