extension ExplanationAnswer {
  /// Writes the object, its keys sorted.
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("first")
      writer.number(first)
      if let lifts {
        writer.key("lifts")
        writer.array(lifts) { $0.write(to: &$1) }
      }
      writer.key("patterns")
      writer.array(patterns) { $0.write(to: &$1) }
      if let second {
        writer.key("second")
        second.write(to: &writer)
      }
    }
  }
}

extension ExplanationAnswer.Pattern {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("df")
      writer.integer(Int64(df))
      writer.key("documents")
      writer.integer(Int64(documents))
      writer.key("factor")
      writer.number(factor)
      writer.key("idf")
      writer.number(idf)
      if let notCounted {
        writer.key("not_counted")
        writer.integer(Int64(notCounted))
      }
      writer.key("occurrences")
      writer.integer(Int64(occurrences))
      writer.key("pattern")
      writer.string(pattern)
      writer.key("score")
      writer.number(score)
      writer.key("tf")
      writer.integer(Int64(tf))
    }
  }
}

extension ExplanationAnswer.Lift {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("factor")
      writer.number(factor)
      writer.key("prefer")
      writer.string(prefer)
    }
  }
}

extension ExplanationAnswer.Second {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("characters")
      writer.number(characters)
      writer.key("coverage")
      writer.number(coverage)
      writer.key("family")
      writer.number(family)
      writer.key("focus")
      writer.number(focus)
      writer.key("passage")
      writer.number(passage)
      writer.key("short_passage")
      writer.number(shortPassage)
    }
  }
}
